package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.launcher.ConformanceRows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * docs/conformance.md says which test holds which requirement. It is made from the requirements and from the names of all
 * tests of the project: {@code mvn -pl siprec-launcher -am test -Dtest=ConformanceTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dsiprec.conformance=write} writes it anew.
 */
class ConformanceTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().getParent();
    private static final Path DOCUMENT = ROOT.resolve("docs/conformance.md");
    private static final Pattern METHOD = Pattern.compile("(?m)^ +(?:public )?void (\\w+)\\(");
    private static final Pattern ANNOTATION =
            Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory|FuzzTest)\\b");
    private static final Pattern END_OF_MEMBER = Pattern.compile("(?m)^ +}$");
    private static final Pattern ID = Pattern.compile("(?<![A-Za-z0-9])C\\d{3}(?![0-9])");
    private static final Pattern NOTE = Pattern.compile("|(partial|not applicable): .{10,}");

    private static final Map<String, SortedSet<String>> TESTS = new TreeMap<>();
    private static List<Row> rows;

    @BeforeAll
    static void readTestsAndRows() throws IOException {
        rows = ConformanceRows.read();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(ConformanceTest::isTest).toList()) {
                readTests(file);
            }
        }
    }

    private static boolean isTest(Path file) {
        return file.toString().contains("/src/test/java/") && file.toString().endsWith(".java");
    }

    private static void readTests(Path file) throws IOException {
        String type = file.getFileName().toString().replace(".java", "");
        String text = Files.readString(file);
        Matcher method = METHOD.matcher(text);
        while (method.find()) {
            Matcher id = ID.matcher(method.group(1).replace('_', ' '));
            while (id.find() && ANNOTATION.matcher(before(text, method.start())).find()) {
                TESTS.computeIfAbsent(id.group(), key -> new TreeSet<>()).add(type + "." + method.group(1));
            }
        }
    }

    /** What stands between the member before and a method: its comment and its annotations. */
    private static String before(String text, int method) {
        Matcher end = END_OF_MEMBER.matcher(text).region(0, method);
        int start = 0;
        while (end.find()) {
            start = end.end();
        }
        return text.substring(start, method);
    }

    @Test
    void everyRequirementHasATestOrAReason() {
        assertThat(rows).hasSizeGreaterThan(60);
        assertThat(rows)
                .extracting(Row::note)
                .allMatch(note -> NOTE.matcher(note).matches());
        assertThat(rows)
                .as("requirements without a test")
                .filteredOn(row -> !row.notApplicable() && !TESTS.containsKey(row.id()))
                .extracting(Row::id)
                .isEmpty();
    }

    @Test
    void theDocumentIsWhatTestsAndRequirementsSay() throws IOException {
        String document = document();
        if (System.getProperty("siprec.conformance", "").equals("write")) {
            Files.writeString(DOCUMENT, document);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("docs/conformance.md is out of date; -Dsiprec.conformance=write writes it")
                .isEqualTo(document);
    }

    private static String document() {
        StringBuilder text = new StringBuilder("""
                # Conformance

                What the RFCs ask of the parts that are built, row by row, and the test that holds each. Made from the names of the
                tests by `ConformanceTest`, which fails when this page is not what they say; it also tells how to make it anew.

                **tested**: the test does what the row says. **partial**, **not applicable**: with the reason.
                """);
        String area = "";
        for (Row row : rows) {
            if (!row.area().equals(area)) {
                area = row.area();
                text.append("\n## ")
                        .append(area)
                        .append("\n\n| id | requirement | source | level | status | tests |\n")
                        .append("|---|---|---|---|---|---|\n");
            }
            text.append(line(row));
        }
        return text.toString();
    }

    private static String line(Row row) {
        List<String> tests = TESTS.getOrDefault(row.id(), new TreeSet<>()).stream()
                .map(test -> "`" + test + "`")
                .toList();
        return "| %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                        row.id(),
                        row.requirement(),
                        row.reference(),
                        row.level(),
                        row.status(),
                        String.join("<br>", tests));
    }
}
