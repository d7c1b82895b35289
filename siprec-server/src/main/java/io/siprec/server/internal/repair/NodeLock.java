package io.siprec.server.internal.repair;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells other servers on the same directory whether a node lives: a hidden file that its process holds locked. The system lets go
 * of it when the process dies, however that comes about.
 */
final class NodeLock implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private NodeLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock of a node; empty when somebody has it.
     *
     * @throws IOException where files can't be locked
     */
    static Optional<NodeLock> take(Path root, String node) throws IOException {
        Path file = root.resolve(
                ".siprec-" + UUID.nameUUIDFromBytes(node.getBytes(StandardCharsets.UTF_8)) + ".lock"); // any node id
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new NodeLock(file, channel));
            }
        } catch (OverlappingFileLockException e) {
            // a server of this process has it
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
