package io.siprec.server.internal.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.siprec.core.Finding;
import io.siprec.core.history.StreamLine;
import io.siprec.core.sdp.Attribute;
import io.siprec.core.sdp.Direction;
import io.siprec.core.sdp.MediaDescription;
import io.siprec.core.sdp.SdpException;
import io.siprec.core.sdp.SdpLimits;
import io.siprec.core.sdp.SdpParser;
import io.siprec.core.sdp.SessionDescription;
import io.siprec.core.session.SessionStream;
import io.siprec.core.session.StreamPhase;
import io.siprec.rtp.MediaPlane;
import io.siprec.rtp.RecordingFormat;
import io.siprec.rtp.SourceRule;
import io.siprec.server.RtpKeepalive;
import io.siprec.server.internal.admission.Refusal;
import io.siprec.server.internal.findings.CallFindings;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallMediaTest {
    private static final String LOCAL = "127.0.0.1";
    private static final String HEAD = "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nt=0 0\n";

    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final CallFindings findings = new CallFindings();
    private MediaPlane plane;
    private CallMedia media;

    @BeforeEach
    void open() throws Exception {
        plane = MediaPlane.builder().ports(0, 0).build();
        plane.start();
        media = media(1);
    }

    @AfterEach
    void close() {
        plane.close();
    }

    @Test
    void C050_anOfferOfOursListsRecvonlyAudioInAllCodecs() throws Exception {
        SessionDescription offer = ours(media.offer(LOCAL));
        assertThat(offer.media()).hasSize(1);
        MediaDescription line = offer.media().get(0);
        assertThat(line.port()).isEqualTo(media.streams().get(0).recorded().rtpPort());
        assertThat(line.formats()).containsExactly("0", "8", "9", "96", "101", "102");
        assertThat(line.direction()).contains(Direction.RECVONLY);
        assertThat(view(0).phase().state()).as("open before the answer").isEqualTo(StreamPhase.State.RECEIVING);
        assertThat(media.offering()).isTrue();

        boolean recorded = media.acceptAnswer(sdp("m=audio 4000 RTP/AVP 8\na=sendonly\na=label:5\n"));
        assertThat(recorded).isTrue();
        assertThat(media.offering()).isFalse();
        assertThat(view(0).codecs()).containsExactly("PCMA/8000");
        assertThat(view(0).label()).isEqualTo("5");
        assertThat(media.currentDescription())
                .isEqualTo(media.answer(
                        sdp("m=audio 4000 RTP/AVP 0 8 9 96 101 102\na=rtpmap:0 PCMU/8000\na=rtpmap:8 PCMA/8000\n"
                                + "a=rtpmap:9 G722/8000\na=rtpmap:96 opus/48000/2\n"
                                + "a=rtpmap:101 telephone-event/8000\na=fmtp:101 0-15\n"
                                + "a=rtpmap:102 telephone-event/48000\na=fmtp:102 0-15\na=sendonly\n"),
                        LOCAL));
    }

    @Test
    void C050_moreLinesMayBeOffered() throws Exception {
        media = media(2);
        assertThat(ours(media.offer(LOCAL)).media()).hasSize(2);
        assertThat(media.acceptAnswer(sdp("m=audio 4000 RTP/AVP 0\nm=audio 0 RTP/AVP 0\n")))
                .isTrue();
        assertThat(view(0).receiving()).isTrue();
        assertThat(view(1).phase().state()).isEqualTo(StreamPhase.State.REMOVED);
    }

    @Test
    void C050_anAnswerThatRefusesAllLeavesNothing() throws Exception {
        media.offer(LOCAL);
        assertThat(media.acceptAnswer(sdp("m=audio 0 RTP/AVP 0\n"))).isFalse();
        assertThat(view(0).phase().state()).isEqualTo(StreamPhase.State.REMOVED);
    }

    @Test
    void C050_aRefusedFirstOfferLeavesNoStream() throws Exception {
        media.offer(LOCAL);
        media.rollback();
        assertThat(media.streams()).isEmpty();
        assertThat(media.offering()).isFalse();
    }

    @Test
    void C091_pauseResumeAndDropKeepTheNumberOfLines() throws Exception {
        media.answer(sdp("m=audio 4000 RTP/AVP 0\na=label:1\nm=audio 4002 RTP/AVP 0\na=label:2\n"), LOCAL);
        media.pauseAll();
        SessionDescription paused = ours(media.offer(LOCAL));
        assertThat(directions(paused)).containsExactly(Direction.INACTIVE, Direction.INACTIVE);
        assertThat(paused.origin().version()).isEqualTo("2");
        assertThat(view(1).phase().state()).isEqualTo(StreamPhase.State.PAUSED);
        media.acceptAnswer(sdp("m=audio 4000 RTP/AVP 0\na=inactive\nm=audio 4002 RTP/AVP 0\na=inactive\n"));

        byte[] reoffered =
                media.answer(sdp("m=audio 4000 RTP/AVP 0\na=label:1\nm=audio 4002 RTP/AVP 0\na=label:2\n"), LOCAL);
        assertThat(directions(ours(reoffered)))
                .as("the SRC does not end our pause")
                .containsOnly(Direction.INACTIVE);

        media.resume(Set.of(1));
        assertThat(directions(ours(media.offer(LOCAL)))).containsExactly(Direction.RECVONLY, Direction.INACTIVE);
        media.acceptAnswer(sdp("m=audio 4000 RTP/AVP 0\na=sendonly\nm=audio 4002 RTP/AVP 0\na=inactive\n"));
        assertThat(view(0).phases())
                .extracting(StreamPhase::state)
                .containsExactly(StreamPhase.State.RECEIVING, StreamPhase.State.PAUSED, StreamPhase.State.RECEIVING);

        SessionDescription dropped = ours(media.offerWithout(Set.of(1), LOCAL));
        assertThat(dropped.media())
                .extracting(MediaDescription::port)
                .element(0)
                .isEqualTo(0);
        assertThat(view(0).receiving()).as("until it is answered").isTrue();
        media.acceptAnswer(sdp("m=audio 0 RTP/AVP 0\nm=audio 4002 RTP/AVP 0\na=inactive\n"));
        assertThat(view(0).phase().state()).isEqualTo(StreamPhase.State.REMOVED);
        assertThat(ours(media.offer(LOCAL)).media()).hasSize(2);
        assertThat(codes()).doesNotContain("sdp-answer-direction");
    }

    @Test
    void C096_anOfferThatWasRefusedChangesNothing() throws Exception {
        String both = "m=audio 4000 RTP/AVP 0\nm=audio 4002 RTP/AVP 0\n";
        byte[] before = media.answer(sdp(both), LOCAL);
        media.offerWithout(Set.of(1), LOCAL);
        media.rollback();
        assertThat(media.currentDescription()).isEqualTo(before);
        assertThat(view(0).receiving()).isTrue();
        assertThat(media.answer(sdp(both), LOCAL)).isEqualTo(before);
        assertThat(ours(media.answer(sdp(both.replace("4002 RTP/AVP 0", "0 RTP/AVP 0")), LOCAL))
                        .origin()
                        .version())
                .as("2 went with the refused offer")
                .isEqualTo("3");
    }

    @Test
    void C096_anOfferWithoutLinesTakesNoneAway() throws Exception {
        byte[] before = media.answer(sdp("m=audio 4000 RTP/AVP 0\n"), LOCAL);
        assertThatThrownBy(() -> media.answer(sdp(""), LOCAL))
                .isInstanceOf(Refusal.class)
                .extracting(e -> ((Refusal) e).status())
                .isEqualTo(488);
        assertThat(media.currentDescription()).isEqualTo(before);
        assertThat(view(0).receiving()).isTrue();
    }

    @Test
    void C093_anOfferWhileOursIsOpenIsGlare() throws Exception {
        media.answer(sdp("m=audio 4000 RTP/AVP 0\n"), LOCAL);
        media.offer(LOCAL);
        assertThatThrownBy(() -> media.answer(sdp("m=audio 4000 RTP/AVP 0\n"), LOCAL))
                .isInstanceOf(Refusal.class)
                .extracting(e -> ((Refusal) e).status())
                .isEqualTo(491);
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            c=IN IP4 0.0.0.0             | RECEIVING | sdp-unspecified-address | D18 live from the start
            c=IN IP4 192.0.2.1~c=IN IP4 0.0.0.0 | INACTIVE | sdp-hold-by-address | C042 hold as before RFC 3264
            c=IN IP4 192.0.2.1~c=IN IP4 0.0.0.0~c=IN IP4 0.0.0.0 | INACTIVE | sdp-hold-by-address | C042 a refresh of the hold
            c=IN IP4 192.0.2.1~c=IN IP4 0.0.0.0~c=IN IP4 192.0.2.9 | RECEIVING | sdp-hold-by-address | resumed
            c=IN IP4 192.0.2.1~c=IN IP4 0.0.0.0;a=sendonly | RECEIVING | - | D18 a direction says otherwise
            c=IN IP4 192.0.2.1~c=IN IP4 0.0.0.0;a=inactive | INACTIVE | - | both spellings
            a=inactive~c=IN IP4 192.0.2.1 | RECEIVING | - | held at first
            """)
    void C042_knowsHoldInAllSpellings(String offers, StreamPhase.State state, String code, String why)
            throws Exception {
        byte[] answer = new byte[0];
        for (String line : offers.split("~")) {
            answer = media.answer(sdp("m=audio 4000 RTP/AVP 0\na=label:1\n" + line.replace(';', '\n') + "\n"), LOCAL);
        }
        assertThat(view(0).phase().state()).as(why).isEqualTo(state);
        assertThat(directions(ours(answer)))
                .containsExactly(state == StreamPhase.State.RECEIVING ? Direction.RECVONLY : Direction.INACTIVE);
        assertThat(codes()).isEqualTo(code.equals("-") ? List.of() : List.of(code));
        assertThat(media.streams()).hasSize(1);
    }

    @Test
    void C030_notReadyIsAnsweredInactiveAndRecordedLater() throws Exception {
        media.pauseAll();
        byte[] answer = media.answer(sdp("m=audio 4000 RTP/AVP 0\na=sendonly\n"), LOCAL);
        assertThat(directions(ours(answer))).containsExactly(Direction.INACTIVE);
        assertThat(view(0).phase().state()).isEqualTo(StreamPhase.State.PAUSED);
        media.resumeAll();
        assertThat(directions(ours(media.offer(LOCAL)))).containsExactly(Direction.RECVONLY);
        media.acceptAnswer(sdp("m=audio 4000 RTP/AVP 0\na=sendonly\n"));
        assertThat(view(0).receiving()).isTrue();
    }

    @Test
    void C094_aLineThatEndedIsUsedAgainWithAnotherCodec() throws Exception {
        String first = "m=audio 4000 RTP/AVP 0\na=label:1\n";
        media.answer(sdp(first + "m=audio 4002 RTP/AVP 0\na=label:2\n"), LOCAL);
        media.answer(sdp(first + "m=audio 0 RTP/AVP 0\n"), LOCAL);
        SessionDescription again = ours(media.answer(sdp(first + "m=audio 4004 RTP/AVP 8\na=label:2\n"), LOCAL));
        assertThat(media.streams()).extracting(CallStream::number).containsExactly(1, 2, 3);
        assertThat(view(1).phase().state()).isEqualTo(StreamPhase.State.REMOVED);
        assertThat(view(2).codecs()).containsExactly("PCMA/8000");
        assertThat(view(2).file()).isNotEqualTo(view(1).file());
        assertThat(again.media().get(1).port()).isEqualTo(view(2).rtpPort());
        assertThat(codes()).isEmpty();
    }

    @Test
    void C095_codecAndPortChangeAndAnotherLabelKeepTheStream() throws Exception {
        media.answer(sdp("m=audio 4000 RTP/AVP 0\na=label:1\nm=audio 4002 RTP/AVP 0\na=label:2\n"), LOCAL);
        media.answer(sdp("m=audio 5000 RTP/AVP 8\na=label:a\nm=audio 4002 RTP/AVP 0\na=label:2\n"), LOCAL);
        assertThat(media.streams()).hasSize(2);
        assertThat(view(0).label()).isEqualTo("a");
        assertThat(view(0).phases())
                .extracting(StreamPhase::codecs)
                .containsExactly(List.of("PCMU/8000"), List.of("PCMA/8000"));
        media.answer(sdp("m=audio 4002 RTP/AVP 0\na=label:2\nm=audio 5000 RTP/AVP 8\na=label:a\n"), LOCAL);
        assertThat(media.lines())
                .as("the label finds it, not the place")
                .extracting(StreamLine::stream)
                .containsExactly(2, 1);
    }

    @Test
    void C043_aMixedOfferIsRecordedInBothFamilies() throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getByName(LOCAL));
        assumeTrue(loopback.inetAddresses().anyMatch(Inet6Address.class::isInstance), "no IPv6 here");
        SessionDescription answer = ours(media.answer(
                sdp("m=audio 4000 RTP/AVP 0\nc=IN IP4 192.0.2.1\nm=audio 4002 RTP/AVP 0\nc=IN IP6 2001:db8::1\n"),
                LOCAL));
        assertThat(answer.connection().orElseThrow().address()).isEqualTo(LOCAL);
        assertThat(answer.media().get(0).connection()).isEmpty();
        assertThat(answer.media().get(1).connection().orElseThrow().addressType())
                .isEqualTo("IP6");
        assertThat(media.streams()).hasSize(2);
    }

    @Test
    void C036_whatIsNotRecordedIsSaid() throws Exception {
        SessionDescription answer = ours(
                media.answer(sdp("m=audio 4000 RTP/AVP 0\na=label:1\nm=video 4002 RTP/AVP 31\na=label:2\n"), LOCAL));
        assertThat(answer.media().get(1).port()).isZero();
        assertThat(codes()).containsExactly("sdp-line-refused");
        assertThat(findings.list().get(0).text()).contains("m-line 2: not audio", "the others are recorded");
    }

    @Test
    void C037_aCodecThatIsNotThereIsNamed() throws Exception {
        assertThatThrownBy(() -> media.answer(sdp("m=audio 4000 RTP/AVP 13\n"), LOCAL))
                .isInstanceOf(Refusal.class)
                .satisfies(
                        e -> assertThat(((Refusal) e).headers().get(0).value())
                                .startsWith(
                                        "305 siprec \"m-line 1: no format that can be recorded, offered CN/8000, taken G722/8000"));
        assertThat(media.streams()).isEmpty();
    }

    @Test
    void C193_aCodecWithoutDecoderIsTakenWhereThereIsNoOther() throws Exception {
        String both = "m=audio 4000 RTP/AVP 18 0\na=sendonly\n";
        assertThat(ours(media.answer(sdp(both + "m=audio 4002 RTP/AVP 18\na=sendonly\n"), LOCAL))
                        .media())
                .extracting(MediaDescription::formats)
                .containsExactly(List.of("0"), List.of("18"));
        assertThat(view(1).codecs()).containsExactly("G729/8000");
        assertThat(view(1).receiving()).isTrue();
        assertThat(codes()).contains("sdp-no-decoder");
        assertThat(findings.list())
                .filteredOn(finding -> finding.code().equals("sdp-no-decoder"))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.text())
                                .isEqualTo(
                                        "m-line 2 offers only what can't be decoded here: G729/8000; the line was accepted; its"
                                                + " packets can't be made audible and go to the packet capture, if there is one"));
    }

    @Test
    void C192_C194_everyCodecThatIsThereIsAnsweredInTheOrderOfTheOffer() throws Exception {
        String line =
                "m=audio 4000 RTP/AVP 111 18 101 9 11 97 98 0 107\na=rtpmap:111 opus/48000/2\na=fmtp:111 stereo=1\n"
                        + "a=rtpmap:101 telephone-event/8000\na=rtpmap:97 L16/16000\na=rtpmap:98 L16/8000/2\n"
                        + "a=rtpmap:107 telephone-event/48000\n";
        MediaDescription answered = ours(media.answer(sdp(line), LOCAL)).media().get(0);
        assertThat(answered.formats()).containsExactly("111", "101", "9", "11", "97", "98", "0", "107");
        assertThat(answered.attributes()).contains(new Attribute("fmtp", "111 useinbandfec=1"));
        assertThat(view(0).codecs())
                .startsWith("opus/48000/2", "telephone-event/8000", "G722/8000")
                .contains("L16/44100", "L16/8000/2");
        assertThat(codes()).doesNotContain("sdp-no-decoder");
    }

    @Test
    void C047_rtcpSharesThePortWhereThatIsOffered() throws Exception {
        String muxed = "m=audio 4000 RTP/AVP 0\na=rtcp-mux\n";
        MediaDescription shared = ours(media.answer(sdp(muxed), LOCAL)).media().get(0);
        assertThat(shared.attribute("rtcp-mux")).isPresent();
        assertThat(shared.attribute("rtcp")).isEmpty();
        MediaDescription apart = ours(media.answer(sdp(muxed.replace("a=rtcp-mux", "a=x")), LOCAL))
                .media()
                .get(0);
        assertThat(apart.attribute("rtcp-mux")).isEmpty();
        assertThat(apart.port()).isEqualTo(shared.port());
    }

    /** An SRC that closes and opens its lines all day makes a file each time: not without end. */
    @Test
    void C094_C096_aSessionHasNoMoreThanAThousandStreams() throws Exception {
        String open = sdpLines(4000);
        String closed = sdpLines(0);
        for (int had = 0; had + 16 <= CallMedia.MOST_STREAMS; had += 16) {
            media.answer(sdp(open), LOCAL);
            media.answer(sdp(closed), LOCAL);
        }
        int streams = media.streams().size();
        byte[] standing = media.currentDescription();
        assertThatThrownBy(() -> media.answer(sdp(open), LOCAL))
                .isInstanceOf(Refusal.class)
                .satisfies(e -> assertThat(((Refusal) e).headers().get(0).value())
                        .isEqualTo("399 siprec \"more than 1000 streams in one session\""));
        assertThat(media.streams()).hasSize(streams).hasSizeGreaterThan(CallMedia.MOST_STREAMS - 16);
        assertThat(media.currentDescription()).isEqualTo(standing);
    }

    private static String sdpLines(int port) {
        return ("m=audio " + port + " RTP/AVP 0\n").repeat(16);
    }

    /** RFC 4317 §5.1: media may come later. */
    @Test
    void C094_aCallMayBeginWithoutMedia() throws Exception {
        assertThat(ours(media.answer(sdp(""), LOCAL)).media()).isEmpty();
        SessionDescription answer = ours(media.answer(sdp("m=audio 4000 RTP/AVP 0\n"), LOCAL));
        assertThat(answer.media().get(0).port()).isEqualTo(view(0).rtpPort());
        assertThat(answer.origin().version()).isEqualTo("2");
    }

    private CallMedia media(int offeredStreams) {
        MediaSetup setup = new MediaSetup(
                plane,
                RecordingFormat.WAV,
                new MediaAddresses(Optional.empty()),
                SecurityRules.OPEN,
                SourceRule.PREFER_SIGNALLED,
                RtpKeepalive.OFF,
                false,
                offeredStreams);
        return new CallMedia(setup, CLOCK, folder, 7, true, findings, (stream, event) -> {});
    }

    private SessionStream view(int index) {
        return media.streams().get(index).view(List.of());
    }

    private List<String> codes() {
        return findings.list().stream().map(Finding::code).distinct().toList();
    }

    private static List<Direction> directions(SessionDescription description) {
        return description.media().stream().map(description::directionOf).toList();
    }

    private static SessionDescription sdp(String lines) throws SdpException {
        String connection = lines.contains("c=") || lines.isEmpty() ? "" : "c=IN IP4 192.0.2.1\n";
        return ours((HEAD + connection + lines).getBytes(UTF_8));
    }

    private static SessionDescription ours(byte[] description) throws SdpException {
        return SdpParser.parse(description, SdpLimits.defaults()).description();
    }
}
