package io.siprec.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Corpus;
import io.siprec.core.Finding;
import io.siprec.core.metadata.MetadataLimits;
import io.siprec.core.metadata.MetadataParser;
import io.siprec.core.session.SessionParticipant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sample documents in the order in which a dialog brings them. */
class CorpusFlowsTest {
    private static final Instant START = Instant.parse("2010-12-16T23:41:07Z");

    private final RecordedCalls calls = new RecordedCalls();
    private final List<String> codes = new ArrayList<>();

    private void apply(String file, String... labels) {
        Corpus.index("metadata");
        byte[] document = Corpus.read("metadata", file + ".xml");
        calls.apply(MetadataParser.parse(document, Optional.empty(), MetadataLimits.defaults()), START)
                .forEach(this::note);
        List<StreamLine> lines = new ArrayList<>();
        for (String label : labels) lines.add(new StreamLine(label, lines.size() + 1));
        calls.attribute(lines, START).forEach(this::note);
    }

    private void note(Finding finding) {
        codes.add(finding.code());
    }

    private String heard() {
        return IntStream.rangeClosed(1, 4)
                .mapToObj(stream -> calls.attributions(stream).stream()
                        .filter(one -> one.to().isEmpty())
                        .map(one -> name(one.participantId()))
                        .collect(Collectors.joining("+")))
                .collect(Collectors.joining("/"));
    }

    private String name(String id) {
        return calls.participants().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .map(SessionParticipant::aor)
                .orElseThrow()
                .replaceAll("sip:|@.*", "")
                .toLowerCase(Locale.ROOT);
    }

    private String present() {
        return calls.participants().stream()
                .filter(one ->
                        one.attendances().stream().anyMatch(span -> span.to().isEmpty()))
                .map(one -> name(one.id()))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        3.2.1-1                                   | alice bob       | alice/alice/bob/bob
        3.2.1-1 3.2.2-1                           | alice bob       | //bob/bob
        3.2.1-1 3.2.2-1 3.2.2-2                   | alice bob       | alice/alice/bob/bob
        3.2.1-1 3.2.2-1 3.2.2-2 3.2.3-1           | bob carol       | //bob/bob
        3.2.1-1 3.2.3-2                           | -               | ///
        3.2.1-1 3.2.3-2 3.2.3-3                   | bob carol       | carol/carol/bob/bob
        3.2.1-1 3.2.4-1                           | -               | ///
        3.3.1-1                                   | alice bob       | alice+bob///
        3.3.1-1 3.3.2-1                           | alice bob       | bob///
        3.3.1-1 3.3.2-1 3.3.2-2                   | alice bob       | bob+alice///
        3.3.1-1 3.3.3-1                           | alice bob carol | alice+bob+carol///
        3.3.1-1 3.3.3-1 3.3.3-2                   | bob carol       | bob+carol///
        3.3.1-1 3.4.1-1                           | -               | ///
        3.5-1                                     | alice bob carol | alice+bob+carol///
        """)
    void C074_C083_C084_flowsOfRfc8068(String documents, String present, String heard) {
        for (String document : documents.split(" ")) apply("rfc/rfc8068-" + document, "96", "97", "98", "99");
        assertThat(present()).isEqualTo(present == null ? "" : present);
        assertThat(heard()).isEqualTo(heard);
        assertThat(codes)
                .as("only what RFC 8068 leaves undefined, and its times of 2010 after those of 2013")
                .isSubsetOf("metadata-partial-unknown-id", "metadata-times-reversed", "metadata-labels-differ");
    }

    @Test
    void C063_C084_aPartialOfRfc7865EndsAnAttendance() {
        apply("rfc/rfc7865-8.1-complete", "96", "97", "98", "99");
        assertThat(present()).isEqualTo("bob paul");
        apply("rfc/rfc7865-8.2-partial", "96", "97", "98", "99");
        assertThat(present()).isEqualTo("paul");
        assertThat(heard()).isEqualTo("//paul/paul");
        assertThat(codes).isEmpty();
    }

    @Test
    void C068_C084_craftedPartials() {
        apply("crafted/ok-base", "1", "2");
        assertThat(heard()).isEqualTo("alice/bob//");
        apply("crafted/partial-assoc-empty", "1", "2");
        assertThat(heard()).isEqualTo("/bob//");
        apply("crafted/partial-session-stop", "1", "2");
        assertThat(heard()).isEqualTo("///");
        assertThat(present()).isEmpty();
        assertThat(calls.wantsSnapshot()).isFalse();
    }

    @Test
    void C085_craftedPartialsWithoutABase() {
        apply("crafted/partial-first", "1", "2");
        assertThat(heard()).as("best effort").isEqualTo("alice/bob//");
        assertThat(calls.wantsSnapshot()).isTrue();
        apply("crafted/ok-base", "1", "2");
        assertThat(calls.wantsSnapshot()).isFalse();
        apply("crafted/partial-unknown-ids", "1", "2");
        assertThat(calls.wantsSnapshot()).isTrue();
        assertThat(heard()).isEqualTo("alice/bob//");
        assertThat(codes).containsExactly("metadata-partial-first", "metadata-partial-unknown-id");
    }

    @Test
    void joiningAndLeaving() {
        apply("other/voiceblender-complete", "1", "2", "3");
        apply("other/voiceblender-partial_join", "1", "2", "3");
        assertThat(heard()).isEqualTo("alice/bob/carol/");
        apply("other/voiceblender-partial_leave", "1", "2", "3");
        assertThat(heard()).isEqualTo("alice//carol/");
    }
}
