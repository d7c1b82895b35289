package io.siprec.core.sdp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.core.Corpus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All sample descriptions: what cannot be used is refused, all else is answered line by line. */
class SdpCorpusTest {
    private static final Set<String> UNUSABLE = Set.of("bad-v1", "bad-nul", "bad-binary", "bad-empty");
    private static final Set<String> NOTHING_TO_RECORD = Set.of(
            "ok-image-t38",
            "bad-dynamic-without-rtpmap",
            "bad-no-fmt",
            "bad-rtpmap-rate-zero",
            "bad-crypto-short-key",
            "bad-crypto-not-base64");
    private static final AnswerCapabilities CAPABILITIES = new AnswerCapabilities(
            Set.of("PCMU/8000", "PCMA/8000", "G722/8000", "G729/8000", "opus/48000/2", "L16/16000"),
            16,
            Set.of(AddressFamily.values()));

    @Test
    void C029_C034_C038_C046_C051_answersEachOffer() throws SdpException {
        for (Map<String, String> row : Corpus.index("sdp")) {
            String name = row.get("file").replaceFirst(".*/", "").replace(".sdp", "");
            byte[] sdp = Corpus.read("sdp", row.get("file"));
            if (UNUSABLE.contains(name)) {
                assertThatThrownBy(() -> SdpParser.parse(sdp, SdpLimits.defaults()))
                        .as(name)
                        .isInstanceOf(SdpException.class);
                continue;
            }
            SessionDescription offer =
                    SdpParser.parse(sdp, SdpLimits.defaults()).description();
            AnswerPlan plan = OfferAnswer.plan(offer, CAPABILITIES);
            boolean recorded = plan.acceptable();
            boolean expected =
                    !NOTHING_TO_RECORD.contains(name) && !name.startsWith("ok-sdes") && !name.startsWith("rfc4317");
            if (!name.startsWith("rfc4317")) assertThat(recorded).as(name).isEqualTo(expected);
            check(name, plan, answered(plan));
        }
    }

    private static SessionDescription answered(AnswerPlan plan) throws SdpException {
        Map<Integer, LocalPorts> ports = new HashMap<>();
        plan.accepted().forEach(line -> ports.put(line.index(), new LocalPorts(20_000, 20_001)));
        SessionDescription answer =
                OfferAnswer.answer(plan, Origin.of(1, 1, "192.0.2.1"), LocalAddresses.of("192.0.2.1"), ports);
        byte[] written = SdpWriter.write(answer);
        assertThat(new String(written, UTF_8)).doesNotContainPattern("[^\r]\n").endsWith("\r\n");
        return SdpParser.parse(written, SdpLimits.defaults()).description();
    }

    private static void check(String name, AnswerPlan plan, SessionDescription answer) {
        assertThat(answer.media()).as(name).hasSameSizeAs(plan.offer().media());
        for (PlannedLine line : plan.lines()) {
            MediaDescription answered = answer.media().get(line.index());
            assertThat(answered.type()).as(name).isEqualTo(line.offered().type());
            assertThat(answered.protocol()).as(name).isEqualTo(line.offered().protocol());
            assertThat(answered.port() != 0).as(name).isEqualTo(line.accepted());
            if (!line.accepted()) continue;
            assertThat(answered.label()).as(name).isEqualTo(line.offered().label());
            assertThat(answered.direction().orElseThrow()).isIn(Direction.RECVONLY, Direction.INACTIVE);
            List<String> order = new ArrayList<>(line.offered().formats());
            order.retainAll(answered.formats());
            assertThat(answered.formats()).as(name).isEqualTo(order);
            assertThat(answered.payloadFormats()).as(name).hasSameSizeAs(answered.formats());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"big-4000-attributes", "big-long-line"})
    void C051_takesLargeDescriptions(String name) throws SdpException {
        Corpus.index("sdp");
        ParsedSdp parsed = SdpParser.parse(Corpus.read("sdp", "crafted/" + name + ".sdp"), SdpLimits.defaults());
        assertThat(OfferAnswer.plan(parsed.description(), CAPABILITIES).acceptable())
                .isTrue();
    }
}
