package io.siprec.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The public sample messages, where they are at hand. */
public final class Corpus {
    private Corpus() {}

    /** A folder of the corpus; the test is skipped without it. */
    public static Path folder(String name) {
        String root = System.getProperty("siprec.corpus", "");
        Assumptions.assumeFalse(root.isEmpty(), "no corpus");
        return Path.of(root, name);
    }

    /** The rows of an index without its first line, split at tabs. */
    public static List<String[]> index(Path folder) {
        try {
            return Files.readAllLines(folder.resolve("index.tsv")).stream()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All messages of the corpus; none where it is not at hand. */
    public static Stream<byte[]> messages() throws IOException {
        String root = System.getProperty("siprec.corpus", "");
        if (root.isEmpty()) {
            return Stream.empty();
        }
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("invites", "sip-torture")) {
            try (Stream<Path> found = Files.walk(Path.of(root, folder))) {
                found.filter(file -> file.toString().matches(".*\\.(sip|dat)")).forEach(files::add);
            }
        }
        return files.stream().map(Corpus::bytes);
    }

    /** The bytes of a file. */
    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
