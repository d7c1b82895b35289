package io.siprec.core.sdp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.core.Finding;
import io.siprec.core.Mutations;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SdpParserTest {
    private static final String BASE = """
            v=0
            o=src 18446744073709551616 7 IN IP4 192.0.2.10
            s=Call é
            c=IN IP4 192.0.2.10
            t=0 0
            a=sendonly
            m=audio 40000 RTP/AVP 0 101
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            a=label:1
            """;

    private static ParsedSdp parse(String sdp) throws SdpException {
        return SdpParser.parse(sdp.replace("\n", "\r\n").getBytes(UTF_8), SdpLimits.defaults());
    }

    private static List<String> codes(ParsedSdp parsed) {
        return parsed.findings().stream().map(Finding::code).toList();
    }

    @Test
    void readsAllThatARecorderNeeds() throws SdpException {
        ParsedSdp parsed = parse(BASE);
        SessionDescription sdp = parsed.description();
        assertThat(parsed.findings()).isEmpty();
        assertThat(sdp.origin()).isEqualTo(new Origin("src", "18446744073709551616", "7", "IN", "IP4", "192.0.2.10"));
        assertThat(sdp.sessionName()).isEqualTo("Call \u00e9");
        assertThat(sdp.connection()).contains(new Connection("IP4", "192.0.2.10"));
        assertThat(sdp.timing()).isEqualTo("0 0");
        MediaDescription line = sdp.media().get(0);
        assertThat(line.label()).contains("1");
        assertThat(line.direction()).isEmpty();
        assertThat(sdp.directionOf(line)).isEqualTo(Direction.SENDONLY); // C033
        assertThat(line.payloadFormats())
                .containsExactly(
                        new PayloadFormat(0, "PCMU", 8000, 1, ""),
                        new PayloadFormat(101, "telephone-event", 8000, 1, "0-15"));
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            t=0 0~              | ''                                  | sdp-missing-timing  | C045 no t=
            t=0 0~              | t=soon later~                       | sdp-timing-unreadable | t= that is no time
            v=0~                | ''                                  | sdp-missing-version | no v=
            s=Call é~           | ''                                  | sdp-missing-name    | no s=
            c=IN IP4 192.0.2.10~ | ''                                 | sdp-missing-connection | no c=
            c=IN IP4 192.0.2.10~ | c=IN~                              | sdp-connection-unreadable | c= without address
            c=IN IP4 192.0.2.10~ | c=IN IP4 /127~                     | sdp-connection-unreadable | c= with a TTL only
            IN IP4 192.0.2.10~s | IN~s                                | sdp-origin-unreadable | o= cut short
            a=label:1~          | ''                                  | sdp-missing-label   | no label
            a=label:1~          | a=label:1~hello~x~=~q=1~            | sdp-stray-line      | lines that mean nothing
            a=label:1~          | a=label:1~v=0~                      | sdp-second-version  | a second description
            a=rtpmap:101 telephone-event/8000~ | a=rtpmap:101 telephone-event/zero~ | sdp-rtpmap-unreadable | rate is no number
            RTP/AVP 0 101~      | RTP/AVP~                            | sdp-no-formats      | no formats
            """)
    void C045_toleratesWithAFinding(String found, String replaced, String code, String why) throws SdpException {
        String sdp = BASE.replace(found.replace('~', '\n'), replaced.replace('~', '\n'));
        assertThat(sdp).isNotEqualTo(BASE);
        ParsedSdp parsed = parse(sdp);
        assertThat(codes(parsed)).as(why).contains(code);
        assertThat(parsed.description().media()).hasSize(1);
        assertThat(parsed.description().timing()).isEqualTo("0 0");
    }

    @Test
    void C045_linesMayComeInAnyOrder() throws SdpException {
        ParsedSdp parsed = parse("""
                v=0
                t=0 0
                c=IN IP4 192.0.2.10
                s=-
                o=- 1 1 IN IP4 192.0.2.10
                m=audio 40000 RTP/AVP 0
                a=label:1
                c=IN IP4 192.0.2.11/127
                """);
        assertThat(parsed.findings()).isEmpty();
        assertThat(parsed.description().media().get(0).connection()).contains(new Connection("IP4", "192.0.2.11"));
    }

    @Test
    void C045_takesLfLineEndsAndNoFinalOne() throws SdpException {
        byte[] sdp = BASE.stripTrailing().getBytes(UTF_8);
        assertThat(SdpParser.parse(sdp, SdpLimits.defaults()).description())
                .isEqualTo(parse(BASE).description());
    }

    @Test
    void C041_ignoresWhatARecorderHasNoUseFor() throws SdpException {
        String more = BASE.replace("t=0 0\n", "i=x\nu=x\ne=x\np=x\nb=X-Y:1\nt=0 0\nr=1 2\nz=1 2\nk=clear:x\na=x:y\n");
        assertThat(parse(more).findings()).isEmpty();
        assertThat(parse(more).description().media())
                .isEqualTo(parse(BASE).description().media());
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
        # session     | line                  | RS, RR         | why
        ''            | ''                    | -, -           | C181 nothing is said
        ''            | b=RS:600~b=RR:2000    | 600, 2000      | C181 of the line
        b=RR:0        | ''                    | -, 0           | C181 of the session, for its lines
        b=RR:0~b=RS:8 | b=RR:4000             | 8, 4000        | C181 the line's own goes before
        b=AS:64       | b=AS:80~b=TIAS:64000  | -, -           | C181 other kinds
        ''            | b=RR:-1~b=RS:~b=RR    | -, -           | C181 no number
        ''            | b=RR:5~b=RR:6         | -, 5           | C181 the first counts
        """)
    void C181_bandwidthOfRtcpIsRead(String session, String line, String expected, String why) throws SdpException {
        String sdp = BASE.replace("t=0 0\n", (session + "~t=0 0~").replace("~", "\n"));
        RtcpBandwidth read = parse(sdp + line.replace("~", "\n") + "\n")
                .description()
                .media()
                .get(0)
                .rtcpBandwidth();
        assertThat(text(read.senders()) + ", " + text(read.receivers())).as(why).isEqualTo(expected);
    }

    private static String text(OptionalLong bits) {
        return bits.isPresent() ? Long.toString(bits.getAsLong()) : "-";
    }

    @Test
    void flagsALabelThatStandsTwice() throws SdpException {
        ParsedSdp parsed = parse(BASE + "m=audio 40002 RTP/AVP 0\na=label:1\n");
        assertThat(codes(parsed)).containsExactly("sdp-duplicate-label");
    }

    @Test
    void readsLatin1WhereItIsNotUtf8() throws SdpException {
        ParsedSdp parsed = SdpParser.parse(BASE.getBytes(ISO_8859_1), SdpLimits.defaults());
        assertThat(parsed.description().sessionName()).isEqualTo("Call \u00e9");
        assertThat(codes(parsed)).containsExactly("sdp-not-utf8");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "hello",
                "a=b\n",
                "v=1\no=- 1 1 IN IP4 192.0.2.1\n",
                "v=0\nm=audio\n",
                "v=0\nm=audio 0x RTP/AVP 0\n",
                "v=0\nm=audio 65536 RTP/AVP 0\n",
                "v=0\nm=audio -1 RTP/AVP 0\n",
                "v=0\nm=audio 4/x RTP/AVP 0\n",
                "v=0\ns=\0\n"
            })
    void C051_refusesWhatCannotBeUsed(String sdp) {
        assertThatThrownBy(() -> parse(sdp))
                .isInstanceOf(SdpException.class)
                .extracting(e -> ((SdpException) e).status())
                .isEqualTo(400);
    }

    @Test
    void C051_limitsSizeLinesAndMedia() throws SdpException {
        SdpLimits limits = new SdpLimits(200, 6, 2, 3);
        byte[] fits = "v=0\nm=audio 1 RTP/AVP 0 8 9 18\nm=audio 2 RTP/AVP 0\n".getBytes(UTF_8);
        ParsedSdp parsed = SdpParser.parse(fits, limits);
        assertThat(parsed.description().media().get(0).formats()).containsExactly("0", "8", "9");
        assertThat(codes(parsed)).contains("sdp-many-formats");
        String start = "v=0\n";
        for (String more : List.of("s=" + "x".repeat(200), "a=x\n".repeat(6), "m=audio 1 RTP/AVP 0\n".repeat(3))) {
            assertThatThrownBy(() -> SdpParser.parse((start + more).getBytes(UTF_8), limits))
                    .isInstanceOf(SdpException.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            0   | PCMU/8000     | C039
            8   | PCMA/8000     | C039
            9   | G722/8000     | C039
            3   | GSM/8000      | C039
            4   | G723/8000     | C039
            13  | CN/8000       | C039
            18  | G729/8000     | C039
            10  | L16/44100/2   | two channels
            34  | H263/90000    | the last of the table
            1   | -             | reserved
            96  | -             | dynamic without rtpmap
            128 | -             | no payload type
            -1  | -             | no payload type
            08  | PCMA/8000     | a leading zero
            *   | -             | no number
            """)
    void C039_knowsStaticPayloadTypes(String format, String key, String why) throws SdpException {
        MediaDescription line = parse("v=0\nm=audio 4 RTP/AVP " + format + "\n")
                .description()
                .media()
                .get(0);
        assertThat(line.payloadFormats().stream().map(PayloadFormat::key))
                .as(why)
                .isEqualTo(key == null ? List.of() : List.of(key));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            96 opus/48000/2     | OPUS/48000/2
            96  opus / 48000/2  | OPUS/48000/2
            96 L16/16000/1      | L16/16000
            96 L16/16000/x      | L16/16000
            96 FOO/0            | -
            96 FOO              | -
            96 /8000            | -
            96 FOO/99999999999999999999 | -
            97 FOO/8000         | -
            96                  | -
            """)
    void readsRtpmaps(String rtpmap, String key) throws SdpException {
        MediaDescription line = parse("v=0\nm=audio 4 RTP/AVP 96\na=rtpmap:" + rtpmap + "\n")
                .description()
                .media()
                .get(0);
        assertThat(line.payloadFormats().stream().map(PayloadFormat::key))
                .isEqualTo(key == null ? List.of() : List.of(key));
    }

    /** An answer repeats labels and formats: what is in them must not end a line of ours. */
    @Test
    void aCarriageReturnInsideALineIsABlank() throws SdpException {
        ParsedSdp parsed = parse(BASE.replace("a=label:1", "a=label:1\r2\r"));
        assertThat(parsed.description().media().get(0).label()).contains("1 2");
        assertThat(parsed.findings()).extracting(Finding::code).containsExactly("sdp-stray-return");
        assertThat(new String(SdpWriter.write(parsed.description()), UTF_8)).contains("a=label:1 2\r\n");
    }

    @Test
    void damageNeverCausesAnotherException() throws SdpException {
        Mutations mutations = new Mutations(0x5d);
        byte[] base = (BASE
                        + "a=rtcp:40001 IN IP6 ::1\nm=audio 2/2 RTP/AVPF 0 96\nc=IN IP6 ff02::1\na=rtpmap:96 opus/48000/2\n"
                        + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + "A".repeat(40) + "|2^20|1:4\n"
                        + "a=fingerprint:sha-256 AB:CD\n")
                .getBytes(UTF_8);
        AnswerCapabilities all = new AnswerCapabilities(
                Set.of("PCMU/8000", "opus/48000/2"),
                8,
                Set.of(AddressFamily.values()),
                new SecureMedia(Set.of(CryptoSuite.values()), chosen -> new byte[30]));
        SessionDescription own = SdpParser.parse(base, SdpLimits.defaults()).description();
        int read = 0;
        for (int i = 0; i < 4_000; i++) {
            try {
                ParsedSdp parsed = SdpParser.parse(mutations.of(base), SdpLimits.defaults());
                read++;
                AnswerPlan plan = OfferAnswer.plan(parsed.description(), all);
                assertThat(plan.lines()).hasSameSizeAs(parsed.description().media());
                TakenAnswer taken = OfferAnswer.take(own, parsed.description(), all);
                assertThat(taken.lines()).hasSameSizeAs(own.media());
            } catch (SdpException e) {
                assertThat(e).hasMessageMatching("[\\x20-\\x7e]{1,80}");
            }
        }
        assertThat(read).isGreaterThan(2_000);
    }
}
