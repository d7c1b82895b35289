package io.siprec.core.sdp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Corpus;
import io.siprec.core.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What becomes of each sample description, as an offer to a recorder of these codecs, against a table; a missing row fails. */
class SdpExpectationsTest {
    private static final AnswerCapabilities CODECS = new AnswerCapabilities(
            Set.of("PCMU/8000", "PCMA/8000", "G722/8000", "L16/44100", "opus/48000/2"),
            16,
            EnumSet.allOf(AddressFamily.class),
            SecureMedia.none());

    @Test
    void C029_C031_C034_C037_C051_eachSampleHasItsOutcome() throws Exception {
        List<String> actual = new ArrayList<>();
        for (var row : Corpus.index("sdp")) {
            actual.add(row.get("file") + '\t' + outcome(Corpus.read("sdp", row.get("file"))));
        }
        assertThat(actual).containsExactlyElementsOf(expected());
    }

    private static List<String> expected() throws IOException {
        try (InputStream in = SdpExpectationsTest.class.getResourceAsStream("expectations.tsv")) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    private static String outcome(byte[] sdp) {
        try {
            ParsedSdp parsed = SdpParser.parse(sdp, SdpLimits.defaults());
            AnswerPlan plan = OfferAnswer.plan(parsed.description(), CODECS);
            String status = plan.acceptable() ? "200" : "488 " + plan.warningCode();
            String lines = plan.lines().stream().map(SdpExpectationsTest::line).collect(Collectors.joining(" / "));
            String codes = parsed.findings().stream()
                    .map(Finding::code)
                    .collect(Collectors.toCollection(TreeSet::new))
                    .toString();
            return status + '\t' + lines + '\t' + codes;
        } catch (SdpException e) {
            return e.status() + "\t\t[]";
        }
    }

    private static String line(PlannedLine line) {
        if (!line.accepted()) return line.offered().type() + " -" + line.warningCode();
        String formats = line.formats().stream()
                .map(one -> String.valueOf(one.payloadType()))
                .collect(Collectors.joining(","));
        return line.offered().type() + ' ' + formats + ' ' + line.direction().attribute();
    }
}
