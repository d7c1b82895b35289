package io.siprec.benchmarks.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The programs in C that the benchmark needs beside it; compiled where it runs. */
enum NativeProgram {
    CALL_LOAD,
    FLOOR_RECORDER;

    /** Compiles the program into {@code directory}; its path. */
    Path compileInto(Path directory) throws IOException, InterruptedException {
        String name = name().toLowerCase(Locale.ROOT);
        Path source = directory.resolve(name + ".c");
        Path program = directory.resolve(name);
        try (InputStream in = NativeProgram.class.getResourceAsStream("/native/" + name + ".c")) {
            Files.copy(in, source);
        }
        List<String> command = List.of("gcc", "-O2", "-o", program.toString(), source.toString());
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IOException("can't compile " + source);
            }
        } catch (IOException e) {
            throw new IOException("this benchmark needs gcc (Debian: apt-get install gcc libc6-dev)", e);
        }
        return program;
    }
}
