package io.siprec.launcher;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the text of a trace goes. One thread. */
interface TraceOutput extends AutoCloseable {
    void write(String text) throws IOException;

    /** Nothing more comes for now. */
    void flush() throws IOException;

    @Override
    void close() throws IOException;

    /** The log. */
    static TraceOutput log() {
        Logger log = LoggerFactory.getLogger("siprec.trace");
        return new TraceOutput() {
            @Override
            public void write(String text) {
                log.info(text);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    /** The end of a file that nobody else may read: calls of other people are in it. */
    static TraceOutput file(Path path) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        FileChannel channel =
                FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), ownerOnly);
        BufferedWriter out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
        return new TraceOutput() {
            @Override
            public void write(String text) throws IOException {
                out.write(text);
                out.write("\n\n");
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }
}
