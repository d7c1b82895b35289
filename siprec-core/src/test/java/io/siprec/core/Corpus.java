package io.siprec.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
        return read(root().resolve(folder).resolve(file));
    }

    /** All sample session descriptions; none where there is no corpus. */
    public static Stream<byte[]> sessionDescriptions() {
        return files("sdp", ".sdp").map(Corpus::read);
    }

    /** All sample metadata documents; none where there is no corpus. */
    public static Stream<byte[]> metadata() {
        return files("metadata", ".xml").map(Corpus::read);
    }

    /** Content type, line feed and body of all sample messages; none where there is no corpus. */
    public static Stream<byte[]> bodies() {
        return files("invites", ".sip").map(Corpus::read).map(Corpus::body);
    }

    private static byte[] body(byte[] message) {
        String text = new String(message, ISO_8859_1);
        Matcher type = Pattern.compile("(?im)^(?:content-type|c)[ \t]*:(.*)$").matcher(text);
        int head = Math.max(text.indexOf("\r\n\r\n"), text.indexOf("\n\n"));
        String contentType = type.find() && type.start() < head ? type.group(1).trim() : "";
        return (contentType + "\n" + text.substring(head < 0 ? 0 : head).stripLeading()).getBytes(ISO_8859_1);
    }

    private static Stream<Path> files(String folder, String ending) {
        String corpus = System.getProperty("siprec.corpus", "");
        if (corpus.isBlank()) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(Path.of(corpus, folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
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
