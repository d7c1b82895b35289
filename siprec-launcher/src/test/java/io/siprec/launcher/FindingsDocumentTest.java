package io.siprec.launcher;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.FindingCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/findings.md and the catalogue of findings say the same, and the catalogue has nothing that nobody finds. */
class FindingsDocumentTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().getParent();

    /** A row of the document: code, severity, clause, what was odd, what is done, what to do at the SRC. */
    private record Row(String code, String severity, String reference, String odd, String done, String advice) {
        static Row of(String line) {
            List<String> cells =
                    Arrays.stream(line.split("\\|")).map(String::trim).skip(1).toList();
            assertThat(cells).as(line).hasSize(6);
            return new Row(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5));
        }

        static Row of(FindingCode code, Row said) {
            String severity = code.severity().name().toLowerCase(Locale.ROOT);
            return new Row('`' + code.id() + '`', severity, code.reference(), said.odd, code.done(), said.advice);
        }
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/findings.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(Row::of)
                .toList();
    }

    @Test
    void documentHasEachCodeOnceAndNoOther() throws IOException {
        assertThat(rows())
                .extracting(Row::code)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(FindingCode.values())
                        .map(code -> '`' + code.id() + '`')
                        .toList());
    }

    @Test
    void documentSaysWhatTheCodeSays() throws IOException {
        for (Row row : rows()) {
            FindingCode code = FindingCode.valueOf(
                    row.code().replace("`", "").replace('-', '_').toUpperCase(Locale.ROOT));
            assertThat(row).isEqualTo(Row.of(code, row));
            assertThat(row.odd()).as(row.code()).isNotEmpty();
            assertThat(row.advice()).as(row.code()).isNotEmpty();
        }
    }

    @Test
    void eachCodeIsFoundSomewhere() throws IOException {
        List<String> sources = sources();
        assertThat(FindingCode.values())
                .allSatisfy(code -> assertThat(sources).anyMatch(source -> source.contains("FindingCode." + code)));
    }

    @Test
    void findingsAreMadeFromTheCatalogueOnly() throws IOException {
        assertThat(sources())
                .filteredOn(source -> source.contains("new Finding("))
                .singleElement()
                .asString()
                .contains("public record Finding(");
    }

    @Test
    void clausesAreClauses() {
        assertThat(Arrays.stream(FindingCode.values()).map(FindingCode::reference))
                .filteredOn(not(String::isEmpty))
                .allMatch(reference -> reference.matches("(RFC \\d{4}|XML 1\\.0) §\\d+(\\.\\d+)*"));
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(FindingsDocumentTest::isSource).toList()) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }

    private static boolean isSource(Path file) {
        return file.toString().contains("/src/main/java/") && file.toString().endsWith(".java");
    }
}
