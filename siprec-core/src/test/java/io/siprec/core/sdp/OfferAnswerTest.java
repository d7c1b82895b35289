package io.siprec.core.sdp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferAnswerTest {
    private static final AnswerCapabilities G711 =
            new AnswerCapabilities(Set.of("PCMU/8000", "pcma/8000"), 4, Set.of(AddressFamily.IP4));
    private static final Origin ORIGIN = Origin.of(5, 1, "198.51.100.20");
    private static final String HEAD = "v=0\no=- 1 1 IN IP4 192.0.2.10\ns=-\nc=IN IP4 192.0.2.10\nt=2873397496 0\n";

    private static SessionDescription offer(String lines) throws SdpException {
        return SdpParser.parse((HEAD + lines).getBytes(UTF_8), SdpLimits.defaults())
                .description();
    }

    private static PlannedLine first(String lines) throws SdpException {
        return OfferAnswer.plan(offer(lines), G711).lines().get(0);
    }

    private static String answer(AnswerPlan plan, String address) {
        Map<Integer, LocalPorts> ports = new HashMap<>();
        plan.accepted()
                .forEach(line ->
                        ports.put(line.index(), new LocalPorts(10_000 + line.index() * 2, 10_001 + line.index() * 2)));
        return new String(SdpWriter.write(OfferAnswer.answer(plan, ORIGIN, LocalAddresses.of(address), ports)), UTF_8);
    }

    @Test
    void C029_C034_C035_C038_C044_C046_answersTwoStreams() throws SdpException {
        AnswerPlan plan = OfferAnswer.plan(offer("""
                        m=audio 40000 RTP/AVP 18 0 8 101
                        a=rtpmap:0 pcmu/8000
                        a=rtpmap:101 telephone-event/8000
                        a=fmtp:101 0-15
                        a=sendonly
                        a=label:7
                        m=video 40004 RTP/AVP 98
                        a=rtpmap:98 H264/90000
                        a=sendonly
                        a=label:8
                        m=audio 40002 RTP/AVPF 8
                        a=inactive
                        a=label:9
                        a=rtcp-mux
                        a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x
                        """), G711);
        assertThat(plan.acceptable()).isTrue();
        assertThat(answer(plan, "198.51.100.20")).isEqualTo("""
                v=0
                o=- 5 1 IN IP4 198.51.100.20
                s=-
                c=IN IP4 198.51.100.20
                t=2873397496 0
                m=audio 10000 RTP/AVP 0 8 101
                a=rtpmap:0 pcmu/8000
                a=rtpmap:101 telephone-event/8000
                a=fmtp:101 0-15
                a=label:7
                a=recvonly
                m=video 0 RTP/AVP 98
                m=audio 10004 RTP/AVPF 8
                a=label:9
                a=inactive
                """.replace("\n", "\r\n"));
    }

    @Test
    void C043_C047_writesAnIpv6AddressAndAnOddRtcpPort() throws SdpException {
        AnswerPlan plan = OfferAnswer.plan(offer("m=audio 40000 RTP/AVP 0\n"), G711);
        SessionDescription answer = OfferAnswer.answer(
                plan,
                Origin.of(-1, 1, "2001:db8::1"),
                LocalAddresses.of("2001:db8::1"),
                Map.of(0, new LocalPorts(10, 99)));
        String text = new String(SdpWriter.write(answer), UTF_8);
        assertThat(text)
                .contains(
                        "o=- 18446744073709551615 1 IN IP6 2001:db8::1\r\n",
                        "c=IN IP6 2001:db8::1\r\n",
                        "a=rtcp:99\r\n");
    }

    @Test
    void acceptedLineNeedsPorts() throws SdpException {
        AnswerPlan plan = OfferAnswer.plan(offer("m=audio 40000 RTP/AVP 0\n"), G711);
        assertThatThrownBy(() -> OfferAnswer.answer(plan, ORIGIN, LocalAddresses.of("192.0.2.1"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            ''          | a=sendonly  | RECVONLY | C030
            ''          | a=sendrecv  | RECVONLY | C031
            ''          | a=x         | RECVONLY | C031 sendrecv is the default
            ''          | a=recvonly  | INACTIVE | C032
            ''          | a=inactive  | INACTIVE | C032
            a=inactive  | a=x         | INACTIVE | C033 the session's is the default
            a=inactive  | a=SendOnly  | RECVONLY | C033 the line's wins
            a=sendonly  | c=IN IP4 0.0.0.0 | RECVONLY | C042 no direction of its own
            """)
    void C030_C031_C032_C033_answersTheDirection(String session, String media, Direction expected, String why)
            throws SdpException {
        String lines = (session.isEmpty() ? "" : session + '\n') + "m=audio 40000 RTP/AVP 0\n" + media + '\n';
        assertThat(first(lines).direction()).as(why).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            m=audio 0 RTP/AVP 0                            | 399 | port 0    | C067 offered with port 0
            m=video 4 RTP/AVP 31                           | 304 | not audio | C037
            m=image 4 udptl t38                            | 304 | not audio | C037 fax
            m=audio 4 RTP/SAVP 0                           | 302 | SRTP      | SRTP
            m=audio 4 UDP/TLS/RTP/SAVPF 0                  | 302 | DTLS-SRTP | DTLS-SRTP
            m=audio 4 TCP/MSRP *                           | 302 | transport | no RTP
            m=audio 4 RTP/AVP 13                           | 305 | offered CN/8000, taken PCMA/8000, PCMU/8000 | C037 no audio
            m=audio 4 RTP/AVP 96 97                        | 305 | offered 96 without rtpmap, 97 without rtpmap | C037 dynamic without rtpmap
            m=audio 4 RTP/AVP 96~a=rtpmap:96 red/8000      | 305 | offered RED/8000 | C037 what only goes with another format
            m=audio 4 RTP/AVP 96~a=rtpmap:96 f"\\;o/8000     | 305 | offered F???O/8000 | C037 none of the peer's signs
            m=video 0 RTP/AVP 31~m=audio 4 RTP/AVP 13      | 305 | CN        | C037 not the line that is not in use
            m=audio 4 RTP/AVP                              | 305 | format    | no formats
            m=audio 4 RTP/AVP 101~a=rtpmap:101 telephone-event/8000 | 305 | format | events alone
            m=audio 4 RTP/AVP 0~c=IN IP6 2001:db8::1       | 301 | family    | C043 a family that is not there
            """)
    void C037_refusesWithAReason(String lines, int code, String text, String why) throws SdpException {
        AnswerPlan plan = OfferAnswer.plan(offer(lines.replace('~', '\n') + '\n'), G711);
        assertThat(plan.acceptable()).as(why).isFalse();
        assertThat(plan.warningCode()).isEqualTo(code);
        assertThat(plan.refusalText()).startsWith("m-line ").contains(text);
        assertThat(answer(plan, "192.0.2.1")).containsPattern("m=[a-z]+ 0 ");
    }

    /** RFC 3264 §5: media may be added later. */
    @Test
    void offerWithoutMediaIsAnsweredWithoutMedia() throws SdpException {
        AnswerPlan plan = OfferAnswer.plan(offer(""), G711);
        assertThat(plan.acceptable()).isTrue();
        assertThat(answer(plan, "192.0.2.1")).doesNotContain("m=").startsWith("v=0\r\no=");
    }

    @Test
    void C036_refusesTheSurplus() throws SdpException {
        AnswerPlan plan = OfferAnswer.plan(offer("m=audio 4 RTP/AVP 0\n".repeat(6)), G711);
        assertThat(plan.accepted()).extracting(PlannedLine::index).containsExactly(0, 1, 2, 3);
        assertThat(plan.lines()).hasSize(6);
        assertThat(plan.warningCode()).isEqualTo(399);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            0 8 101 | a=rtpmap:101 telephone-event/8000        | 0 8 101 | C040 events beside a codec
            0 101 102 | a=rtpmap:101 TELEPHONE-EVENT/8000~a=rtpmap:102 telephone-event/48000 | 0 101 | C040 of its clock rate only
            0 13 19 | a=rtpmap:19 CN/8000                      | 0 13 19 | comfort noise
            96      | a=rtpmap:96 PcMu/8000                    | 96      | C038 a dynamic number keeps it
            8 0 8   | a=x                                      | 8 0     | each once
            0 300 8 | a=x                                      | 0 8     | what is no payload type is left out
            18 0    | a=x                                      | 0       | C193 without a decoder only where nothing else is there
            18 4 101 | a=rtpmap:101 telephone-event/8000       | 18 4 101 | C193 then all of them, with their events
            96 97   | a=rtpmap:96 AMR-WB/16000~a=rtpmap:97 telephone-event/8000 | 96 | C193 events of another rate are not theirs
            18 96   | a=rtpmap:96 red/8000                     | 18      | C193 without what only goes with another format
            """)
    void C038_C040_C193_acceptsWhatCanBeRecorded(String formats, String attributes, String accepted, String why)
            throws SdpException {
        PlannedLine line = first("m=audio 4 RTP/AVP " + formats + '\n' + attributes.replace('~', '\n') + '\n');
        assertThat(line.formats().stream().map(one -> String.valueOf(one.payloadType())))
                .as(why)
                .containsExactly(accepted.split(" "));
    }

    @Test
    void C193_C194_theAnswerHasTheParametersOfTheOfferWhereItCannotDecodeElseOurs() throws SdpException {
        AnswerCapabilities opus = new AnswerCapabilities(
                Map.of("opus/48000/2", "useinbandfec=1", "PCMU/8000", ""),
                4,
                Set.of(AddressFamily.IP4),
                SecureMedia.none());
        AnswerPlan plan = OfferAnswer.plan(offer("""
                        m=audio 40000 RTP/AVP 96 0
                        a=rtpmap:96 opus/48000/2
                        a=fmtp:96 stereo=1;usedtx=1
                        a=fmtp:0 ptime=20
                        m=audio 40002 RTP/AVP 97
                        a=rtpmap:97 AMR/8000
                        a=fmtp:97 octet-align=1
                        """), opus);
        assertThat(answer(plan, "192.0.2.1")).contains("""
                m=audio 10000 RTP/AVP 96 0
                a=rtpmap:96 opus/48000/2
                a=fmtp:96 useinbandfec=1
                a=recvonly
                m=audio 10002 RTP/AVP 97
                a=rtpmap:97 AMR/8000
                a=fmtp:97 octet-align=1
                a=recvonly
                """.replace("\n", "\r\n"));
        assertThat(plan.lines()).extracting(opus::decodesAnyOf).containsExactly(true, false);
        assertThat(plan.lines().get(1).formatNames()).isEqualTo("AMR/8000");
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            c=IN IP4 192.0.2.11      | 192.0.2.11:40000  | 192.0.2.11:40001 | C033 C047 the line's own
            a=x                      | 192.0.2.10:40000  | 192.0.2.10:40001 | C047 the session's
            a=rtcp:45001             | 192.0.2.10:40000  | 192.0.2.10:45001 | C047 another port
            a=rtcp:45001 IN IP4 192.0.2.12 | 192.0.2.10:40000 | 192.0.2.12:45001 | C047 another host
            a=rtcp:99999             | 192.0.2.10:40000  | -                | C047 no port
            a=rtcp:9 IN IP4 224.0.0.1 | 192.0.2.10:40000 | -                | C049 multicast
            c=IN IP4 sbc.example.com | sbc.example.com:40000 | sbc.example.com:40001 | a name is not looked up
            c=IN IP4 0.0.0.0         | -                 | -                | C042 old hold
            c=IN IP4 233.252.0.1/127 | -                 | -                | C049 multicast
            c=IN IP4 255.255.255.255 | -                 | -                | C049 broadcast
            c=IN IP6 ff02::1         | -                 | -                | C049 multicast
            c=IN IP6 ::              | -                 | -                | C042 old hold
            c=IN IP6 ::ffff:224.0.0.1 | -                | -                | C049 mapped multicast
            c=IN IP6 2001:db8::7     | 2001:db8::7:40000 | 2001:db8::7:40001 | C043
            """)
    void C033_C042_C047_C049_knowsWhereThePeerListens(String attribute, String rtp, String rtcp, String why)
            throws SdpException {
        AnswerCapabilities both = new AnswerCapabilities(Set.of("PCMU/8000"), 4, Set.of(AddressFamily.values()));
        PlannedLine line = OfferAnswer.plan(offer("m=audio 40000 RTP/AVP 0\n" + attribute + '\n'), both)
                .lines()
                .get(0);
        assertThat(line.accepted()).as(why).isTrue();
        assertThat(text(line.rtp())).isEqualTo(rtp);
        assertThat(text(line.rtcp())).isEqualTo(rtcp);
    }

    private static String text(Optional<RemoteAddress> address) {
        return address.map(one -> one.host() + ':' + one.port()).orElse("-");
    }

    @Test
    void writerTakesNoLineEndInAValue() {
        SessionDescription forged = new SessionDescription(
                ORIGIN, "x\r\nm=audio 1 RTP/AVP 0", Optional.empty(), List.of(), List.of(), "0 0");
        assertThatThrownBy(() -> SdpWriter.write(forged)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void C043_eachLineIsAnsweredInItsOwnFamily() throws SdpException {
        AnswerCapabilities both = new AnswerCapabilities(Set.of("PCMU/8000"), 4, Set.of(AddressFamily.values()));
        String lines = "m=audio 4 RTP/AVP 0\nm=audio 6 RTP/AVP 0\nc=IN IP6 2001:db8::7\n";
        SessionDescription answer = OfferAnswer.answer(
                OfferAnswer.plan(offer(lines), both),
                ORIGIN,
                LocalAddresses.of("198.51.100.20", "2001:db8::1"),
                Map.of(0, new LocalPorts(10, 11), 1, new LocalPorts(12, 13)));
        assertThat(answer.connection()).contains(new Connection("IP4", "198.51.100.20"));
        assertThat(answer.media().get(0).connection()).isEmpty();
        assertThat(answer.media().get(1).connection()).contains(new Connection("IP6", "2001:db8::1"));

        AnswerPlan onlyV4 = OfferAnswer.plan(offer(lines), G711);
        assertThat(onlyV4.accepted()).extracting(PlannedLine::index).containsExactly(0);
        assertThat(onlyV4.lines().get(1).warningCode()).isEqualTo(301);
    }

    @Test
    void C048_bundleIceAndCapabilitiesAreLeftOut() throws SdpException {
        String text = answer(OfferAnswer.plan(offer("""
                a=group:BUNDLE 1 2
                a=ice-ufrag:x
                a=ice-pwd:y
                m=audio 4 RTP/AVP 0
                a=mid:1
                a=candidate:1 1 UDP 1 192.0.2.10 4 typ host
                a=rtcp-mux
                a=acap:1 crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x
                a=tcap:1 RTP/SAVP
                a=pcfg:1 t=1 a=1
                m=audio 4 RTP/AVP 0
                a=mid:2
                """), G711), "192.0.2.1");
        assertThat(text.lines().filter(line -> line.startsWith("a=")).distinct())
                .containsExactly("a=recvonly");
        assertThat(text).contains("m=audio 10000 RTP/AVP 0\r\n", "m=audio 10002 RTP/AVP 0\r\n");
    }

    @Test
    void C047_multiplexingIsEchoedWhereThePortsAreOne() throws SdpException {
        AnswerPlan plan = OfferAnswer.plan(offer("m=audio 4 RTP/AVP 0\na=rtcp-mux\na=rtcp:9\n"), G711);
        assertThat(plan.lines().get(0).rtcpMux()).isTrue();
        SessionDescription answer =
                OfferAnswer.answer(plan, ORIGIN, LocalAddresses.of("198.51.100.20"), Map.of(0, new LocalPorts(10, 10)));
        assertThat(answer.media().get(0).attributes())
                .containsExactly(new Attribute("rtcp-mux", ""), new Attribute("recvonly", ""));
    }
}
