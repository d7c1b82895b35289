package io.siprec.server.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that readers see as it was or as it is, never half of it. */
public final class WholeFile {
    private WholeFile() {}

    /** Puts {@code content} in place of what the file was, if it was. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(fresh); // half of it, on a full disk
            throw e;
        }
    }
}
