package io.siprec.core;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The public sample messages, where {@code -Dsiprec.corpus} says that they are. */
public final class Corpus {
    private Corpus() {}

    /** The rows of a folder's index, by column; skips the test where there is no corpus. */
    public static List<Map<String, String>> index(String folder) {
        Path index = root().resolve(folder).resolve("index.tsv");
        assumeTrue(Files.isRegularFile(index), "no corpus");
        try {
            List<String> lines = Files.readAllLines(index);
            String[] columns = lines.get(0).split("\t", -1);
            List<Map<String, String>> rows = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.split("\t", -1);
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < columns.length; i++) row.put(columns[i], fields[i]);
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The octets of a file. */
    public static byte[] read(String folder, String file) {
        try {
            return Files.readAllBytes(root().resolve(folder).resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        String corpus = System.getProperty("siprec.corpus", "");
        assumeTrue(!corpus.isBlank(), "no corpus");
        return Path.of(corpus);
    }
}
