package io.siprec.core.sdp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnOfferTest {
    private static final AnswerCapabilities G711 =
            new AnswerCapabilities(Set.of("PCMU/8000", "PCMA/8000"), 4, Set.of(AddressFamily.IP4));
    private static final List<PayloadFormat> FORMATS = List.of(
            new PayloadFormat(0, "PCMU", 8_000, 1, ""),
            new PayloadFormat(8, "PCMA", 8_000, 1, ""),
            new PayloadFormat(101, "telephone-event", 8_000, 1, "0-15"));
    private static final LocalAddresses ADDRESS = LocalAddresses.of("198.51.100.20");
    private static final String HEAD = "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\n";

    @Test
    void C050_listsRecvonlyAudioInAllFormats() {
        assertThat(new String(SdpWriter.write(first(10, 20)), UTF_8)).isEqualTo("""
                v=0
                o=- 5 1 IN IP4 198.51.100.20
                s=-
                c=IN IP4 198.51.100.20
                t=0 0
                m=audio 10 RTP/AVP 0 8 101
                a=rtpmap:0 PCMU/8000
                a=rtpmap:8 PCMA/8000
                a=rtpmap:101 telephone-event/8000
                a=fmtp:101 0-15
                a=recvonly
                m=audio 20 RTP/AVP 0 8 101
                a=rtpmap:0 PCMU/8000
                a=rtpmap:8 PCMA/8000
                a=rtpmap:101 telephone-event/8000
                a=fmtp:101 0-15
                a=recvonly
                """.replace("\n", "\r\n"));
    }

    @Test
    void aLaterOfferKeepsTheNumberOfLines() {
        List<Optional<Direction>> wanted =
                List.of(Optional.of(Direction.INACTIVE), Optional.empty(), Optional.of(Direction.RECVONLY));
        SessionDescription again = OwnOffer.again(first(10, 20, 30), Origin.of(5, 2, "198.51.100.20"), wanted::get);
        assertThat(again.media()).extracting(MediaDescription::port).containsExactly(10, 0, 30);
        assertThat(again.media().get(0).direction()).contains(Direction.INACTIVE);
        SessionDescription third =
                OwnOffer.again(again, Origin.of(5, 3, "198.51.100.20"), index -> Optional.of(Direction.RECVONLY));
        assertThat(third.media())
                .extracting(MediaDescription::port)
                .as("gone is gone")
                .containsExactly(10, 0, 30);
        assertThat(third.media().get(0).direction()).contains(Direction.RECVONLY);
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            m=audio 4 RTP/AVP 8~a=sendonly      | 8     | RECVONLY | -                    | one format chosen
            m=audio 4 RTP/AVP 0 101~a=rtpmap:101 telephone-event/8000~a=sendonly | 0,101 | RECVONLY | - | with events
            m=audio 4 RTP/AVP 0                 | 0     | RECVONLY | -                    | sendrecv by default
            m=audio 4 RTP/AVP 0~a=inactive      | 0     | INACTIVE | -                    | held
            m=audio 4 RTP/AVP 0~a=recvonly      | 0     | INACTIVE | sdp-answer-direction | two receivers
            m=audio 0 RTP/AVP 0                 | -     | INACTIVE | -                    | refused
            m=video 4 RTP/AVP 0                 | -     | INACTIVE | -                    | another type
            m=audio 4 RTP/SAVP 0                | -     | INACTIVE | -                    | keys that nobody asked for
            m=audio 4 RTP/AVPF 0                | 0     | RECVONLY | -                    | a profile that is as good
            m=audio 4 RTP/AVP 96~a=rtpmap:96 PCMA/8000 | 96,8 | RECVONLY | -              | our format under its number
            m=audio 4 RTP/AVP 18                | 0,8,101 | RECVONLY | sdp-answer-unoffered-format,sdp-answer-without-format | nothing of ours
            m=audio 4 RTP/AVP 18 0              | 0     | RECVONLY | sdp-answer-unoffered-format | one of ours
            m=audio 4 RTP/AVP                   | 0,8,101 | RECVONLY | sdp-answer-without-format | no formats
            -                                   | -     | INACTIVE | sdp-answer-line-count | no line
            m=audio 4 RTP/AVP 0~m=audio 6 RTP/AVP 0 | 0 | RECVONLY | sdp-answer-line-count | a line more
            """)
    void C050_takesOddAnswers(String lines, String formats, Direction direction, String codes, String why)
            throws SdpException {
        String sdp = HEAD + (lines == null ? "" : lines.replace('~', '\n') + '\n');
        SessionDescription answer =
                SdpParser.parse(sdp.getBytes(UTF_8), SdpLimits.defaults()).description();
        TakenAnswer taken = OfferAnswer.take(first(10), answer, G711);
        assertThat(taken.lines()).hasSize(1);
        PlannedLine line = taken.lines().get(0);
        assertThat(line.accepted()).as(why).isEqualTo(formats != null);
        assertThat(line.formats().stream()
                        .map(one -> String.valueOf(one.payloadType()))
                        .collect(Collectors.joining(",")))
                .isEqualTo(formats == null ? "" : formats);
        assertThat(line.direction()).isEqualTo(direction);
        assertThat(taken.findings().stream().map(Finding::code))
                .containsExactlyElementsOf(codes == null ? List.of() : Arrays.asList(codes.split(",")));
    }

    @Test
    void anAnswerToAPausedLineIsHeldWhateverItSays() throws SdpException {
        SessionDescription paused =
                OwnOffer.again(first(10), Origin.of(5, 2, "198.51.100.20"), index -> Optional.of(Direction.INACTIVE));
        SessionDescription answer = SdpParser.parse(
                        (HEAD + "m=audio 4 RTP/AVP 0\na=sendonly\n").getBytes(UTF_8), SdpLimits.defaults())
                .description();
        TakenAnswer taken = OfferAnswer.take(paused, answer, G711);
        assertThat(taken.lines().get(0).direction()).isEqualTo(Direction.INACTIVE);
        assertThat(taken.findings()).extracting(Finding::code).containsExactly("sdp-answer-direction");
    }

    private static SessionDescription first(int... ports) {
        List<LocalPorts> lines = Arrays.stream(ports)
                .mapToObj(port -> new LocalPorts(port, port + 1))
                .collect(Collectors.toList());
        return OwnOffer.first(Origin.of(5, 1, "198.51.100.20"), ADDRESS, FORMATS, lines);
    }
}
