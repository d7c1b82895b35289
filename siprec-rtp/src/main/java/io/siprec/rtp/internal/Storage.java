package io.siprec.rtp.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where recordings are written. Called by I/O threads only; may block. */
@FunctionalInterface
public interface Storage {
    /** Creates a file, and its directory if need be; one that exists is never overwritten. */
    File create(Path path) throws IOException;

    /** A file that is being written. */
    interface File extends Closeable {
        /** Writes all of {@code data} at {@code position}. */
        void write(ByteBuffer data, long position) throws IOException;

        /** Returns when all that was written is on the disk. */
        void force() throws IOException;

        /** Cuts off what lies behind {@code bytes}. */
        default void truncate(long bytes) throws IOException {}
    }

    /** The file system. */
    static Storage fileSystem() {
        return path -> {
            Files.createDirectories(path.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new ChannelFile(channel);
        };
    }

    /** A file of the file system. */
    record ChannelFile(FileChannel channel) implements File {
        @Override
        public void write(ByteBuffer data, long position) throws IOException {
            long at = position;
            while (data.hasRemaining()) {
                at += channel.write(data, at);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long bytes) throws IOException {
            channel.truncate(bytes);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
