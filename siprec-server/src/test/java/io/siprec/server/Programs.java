package io.siprec.server;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs of others that a test drives. */
final class Programs {
    private Programs() {}

    /** Skips the test where the program is missing, or fails it where the build says that tools are required. */
    static void require(String program, String debianPackage) {
        boolean found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        String hint = program + " is not installed (Debian package " + debianPackage + ")";
        if (!found && System.getProperty("siprec.tools", "").equals("required")) {
            fail(hint);
        }
        assumeTrue(found, hint);
    }
}
