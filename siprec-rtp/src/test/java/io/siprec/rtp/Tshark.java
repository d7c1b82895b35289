package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A reader of captures that is not ours. */
final class Tshark {
    private Tshark() {}

    static void require() {
        boolean found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tshark")));
        String hint = "tshark is not installed (Debian package tshark)";
        if (!found && System.getProperty("siprec.tools", "").equals("required")) {
            fail(hint);
        }
        assumeTrue(found, hint);
    }

    /** What tshark prints of a capture; that it reads it without an error is checked. */
    static List<String> read(Path capture, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString()));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile("tshark", ".err");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        String told = Files.readString(errors);
        Files.delete(errors);
        assertThat(status).as(told).isZero();
        assertThat(told.lines().filter(line -> !line.startsWith("Running as user")))
                .as("errors")
                .isEmpty();
        return out.lines().toList();
    }
}
