package io.siprec.server.internal.files;

import io.siprec.core.SessionId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The folder under which all recordings lie, one folder a session: {@code 2026/11/23/<session id>}. */
public final class RecordingDirectory {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu/MM/dd").withZone(ZoneOffset.UTC);

    private final Path root;

    public RecordingDirectory(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    /** Where a session's files go, relative to the root, with {@code /}. */
    public static String relative(SessionId id, Instant startedAt) {
        return DAY.format(startedAt) + "/" + id;
    }

    /** The session's folder. */
    public Path resolve(String relative) {
        return root.resolve(relative);
    }

    /**
     * Makes the root if need be and writes, reads and removes a file in it.
     *
     * @throws IOException if recordings could not be written here; the message says why, in a few words
     */
    public void check() throws IOException {
        try {
            Files.createDirectories(root);
            Path probe = Files.createTempFile(root, ".siprec-", ".probe");
            Files.write(probe, new byte[] {1});
            Files.delete(probe);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("it is not a directory", e);
        } catch (java.nio.file.AccessDeniedException e) {
            throw new IOException("permission denied for " + e.getFile(), e);
        }
    }
}
