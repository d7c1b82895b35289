package io.siprec.core.sdp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SRTP keys in SDP (RFC 4568), as far as an offer and its answer go. */
class SecureMediaTest {
    private static final String HEAD = "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\n";
    private static final String KEY30 = "A".repeat(40);
    private static final byte[] OUR_KEY = new byte[30];

    static {
        OUR_KEY[0] = 1;
    }

    private static final AnswerCapabilities SECURE = new AnswerCapabilities(
            Set.of("PCMU/8000"),
            4,
            Set.of(AddressFamily.IP4),
            new SecureMedia(
                    Set.of(CryptoSuite.AES_CM_128_HMAC_SHA1_80, CryptoSuite.AES_CM_128_HMAC_SHA1_32),
                    chosen -> OUR_KEY));

    @Test
    void C197_answersWithTheSameTagAndSuiteAndAKeyOfOurs() throws SdpException {
        AnswerPlan plan = OfferAnswer.plan(
                parse("m=audio 4 RTP/SAVP 0\na=crypto:9 AES_256_CM_HMAC_SHA1_80 inline:"
                                + "A".repeat(61) + "=\na=crypto:3 AES_CM_128_HMAC_SHA1_32 inline:" + KEY30
                                + "|2^20|1:4\n"
                                + "a=crypto:4 AES_CM_128_HMAC_SHA1_80 inline:" + KEY30 + "\n")
                        .description(),
                SECURE);
        PlannedLine line = plan.lines().get(0);
        assertThat(line.crypto().orElseThrow().offered().keys().get(0))
                .isEqualTo(new CryptoKey(new byte[30], "2^20", "1:4"));
        SessionDescription answer = OfferAnswer.answer(
                plan, Origin.of(1, 1, "192.0.2.2"), LocalAddresses.of("192.0.2.2"), Map.of(0, new LocalPorts(10, 11)));
        assertThat(answer.media().get(0).protocol()).isEqualTo("RTP/SAVP");
        assertThat(answer.media().get(0).attribute("crypto"))
                .contains("3 AES_CM_128_HMAC_SHA1_32 inline:AQ" + "A".repeat(38));
        assertThat(line.crypto().toString()).as("a key is not for logs").doesNotContain("AAAA");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            RTP/SAVP  | 1 AES_CM_128_HMAC_SHA1_80 inline:KEY                     | taken
            RTP/SAVPF | 1 AES_CM_128_HMAC_SHA1_80 inline:KEY WSH=128             | taken, the window size is a hint
            RTP/SAVP  | 1 AES_CM_128_HMAC_SHA1_80 inline:KEY -X                  | taken, a leading minus need not be understood
            RTP/SAVP  | 1 AES_CM_128_HMAC_SHA1_80 inline:KEY!1:1;inline:KEY!2:1  | taken with two keys that MKIs tell apart
            RTP/SAVP  | 1 AES_CM_128_HMAC_SHA1_80 inline:KEY!2^31!255:1          | taken, the largest MKI of an octet
            RTP/SAVP  | 1 AES_CM_128_HMAC_SHA1_80 inline:KEY UNENCRYPTED_SRTCP   | refused, it would change the wire
            RTP/SAVP  | 1 AES_CM_128_HMAC_SHA1_80 inline:KEY KDR=1               | refused, keys would change
            RTP/SAVP  | 1 AEAD_AES_256_GCM inline:KEYKEYAA                       | refused, a suite that is not there
            RTP/SAVP  | 1 FOO inline:KEY                                         | refused, unknown suite
            RTP/SAVP  | 1 aes_cm_128_hmac_sha1_80 inline:KEY                     | refused, names compare with case
            UDP/TLS/RTP/SAVP | 1 AES_CM_128_HMAC_SHA1_80 inline:KEY              | refused, DTLS
            """)
    void C198_C199_takesTheKeysThatItCan(String protocol, String crypto, String outcome) throws SdpException {
        ParsedSdp offer = parse("m=audio 4 " + protocol + " 0\na=crypto:"
                + crypto.replace("KEY!", "KEY|").replace("!255", "|255").replace("KEY", KEY30) + '\n');
        assertThat(OfferAnswer.plan(offer.description(), SECURE).acceptable()).isEqualTo(outcome.startsWith("taken"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            1 AES_CM_128_HMAC_SHA1_80 inline:AAAA   | a key too short
            1 AES_CM_128_HMAC_SHA1_80 inline:!      | not base64
            1 AES_CM_128_HMAC_SHA1_80 inline:       | no key
            1 AES_CM_128_HMAC_SHA1_80 other:AAAA    | another key method
            1 AES_CM_128_HMAC_SHA1_80               | no key parameters
            x AES_CM_128_HMAC_SHA1_80 inline:KEY    | the tag is no number
            1234567890 FOO inline:KEY               | a tag of ten digits
            1 AES_CM_128_HMAC_SHA1_80 inline:KEY!1:0     | an MKI of no octets
            1 AES_CM_128_HMAC_SHA1_80 inline:KEY!1:129   | an MKI over 128 octets
            1 AES_CM_128_HMAC_SHA1_80 inline:KEY!256:1   | an MKI that does not fit into its octets
            1 AES_CM_128_HMAC_SHA1_80 inline:KEY!a:1     | an MKI that is no number
            1 AES_CM_128_HMAC_SHA1_80 inline:KEY;inline:KEY | two keys and nothing to tell them apart
            1 AES_CM_128_HMAC_SHA1_80 inline:KEY!1:1;inline:KEY!1:1 | two keys with one MKI
            1 AES_CM_128_HMAC_SHA1_80 inline:KEY!1:1;inline:KEY!1:2 | MKIs of two lengths
            """)
    void C199_C200_aKeyThatCannotBeReadIsAFinding(String crypto, String why) throws SdpException {
        ParsedSdp offer = parse("m=audio 4 RTP/SAVP 0\na=label:1\na=crypto:"
                + crypto.replace("KEY!", "KEY|").replace("KEY", KEY30) + '\n');
        assertThat(offer.findings()).as(why).extracting(Finding::code).containsExactly("sdp-crypto-unreadable");
        AnswerPlan plan = OfferAnswer.plan(offer.description(), SECURE);
        assertThat(plan.acceptable()).isFalse();
        assertThat(plan.refusalText()).contains("without an a=crypto");
    }

    @Test
    void C200_plainLinesIgnoreKeys() throws SdpException {
        PlannedLine line = OfferAnswer.plan(
                        parse("m=audio 4 RTP/AVP 0\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY30 + "\n")
                                .description(),
                        SECURE)
                .lines()
                .get(0);
        assertThat(line.accepted()).isTrue();
        assertThat(line.crypto()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RTP/AVP", "RTP/AVPF", "RTP/SAVP", "RTP/SAVPF"})
    void C187_eachProfileIsAnsweredAndFeedbackIsNotTakenUp(String profile) throws SdpException {
        AnswerPlan plan = OfferAnswer.plan(
                parse("m=audio 4 " + profile + " 0\na=rtcp-fb:* nack\na=rtcp-fb:0 ccm tmmbr\n"
                                + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY30 + "\n")
                        .description(),
                SECURE);
        MediaDescription answer = OfferAnswer.answer(
                        plan,
                        Origin.of(1, 1, "192.0.2.2"),
                        LocalAddresses.of("192.0.2.2"),
                        Map.of(0, new LocalPorts(10, 11)))
                .media()
                .get(0);
        assertThat(answer.port()).isEqualTo(10);
        assertThat(answer.protocol()).isEqualTo(profile);
        assertThat(answer.attributes("rtcp-fb")).isEmpty();
        assertThat(answer.attribute("crypto").isPresent()).isEqualTo(profile.contains("SAVP"));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            UDP/TLS/RTP/SAVP  | a=fingerprint:sha-1 01:02      | DTLS by its profile
            UDP/TLS/RTP/SAVPF | a=fingerprint:sha-1 01:02      | DTLS with feedback
            RTP/SAVP          | a=fingerprint:sha-1 01:02      | DTLS by its fingerprint
            """)
    void C206_dtlsIsRefusedAndTheReasonSaysSo(String protocol, String attribute, String why) throws SdpException {
        ParsedSdp offer = parse("m=audio 4 " + protocol + " 0\n" + attribute + "\na=setup:actpass\n");
        AnswerPlan plan = OfferAnswer.plan(offer.description(), SECURE);
        assertThat(plan.acceptable()).as(why).isFalse();
        assertThat(plan.refusalText()).contains("DTLS-SRTP is not supported");
    }

    @Test
    void C206_aLineOfDtlsBesideOthersHasPort0() throws SdpException {
        AnswerPlan plan = OfferAnswer.plan(
                parse("m=audio 4 UDP/TLS/RTP/SAVP 0\na=fingerprint:sha-1 01:02\nm=audio 6 RTP/AVP 0\n")
                        .description(),
                SECURE);
        SessionDescription answer = OfferAnswer.answer(
                plan, Origin.of(1, 1, "192.0.2.2"), LocalAddresses.of("192.0.2.2"), Map.of(1, new LocalPorts(10, 11)));
        assertThat(answer.media()).extracting(MediaDescription::port).containsExactly(0, 10);
    }

    @Test
    void C207_plainLinesAreRefusedWhereEncryptionIsRequired() throws SdpException {
        AnswerCapabilities required = new AnswerCapabilities(
                SECURE.decodable(),
                SECURE.maxStreams(),
                SECURE.families(),
                SECURE.secure().asRequired());
        SessionDescription offer = parse("m=audio 4 RTP/AVP 0\nm=audio 6 RTP/SAVP 0\n"
                        + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY30 + "\n")
                .description();
        List<PlannedLine> lines = OfferAnswer.plan(offer, required).lines();
        assertThat(lines.get(0).refusal())
                .hasValueSatisfying(text -> assertThat(text).contains("not encrypted"));
        assertThat(lines.get(1).accepted()).isTrue();
    }

    @Test
    void readsFingerprintsOfLineAndSession() throws SdpException {
        String line = "m=audio 4 UDP/TLS/RTP/SAVPF 0\na=label:1\n";
        ParsedSdp own = parse(line + "a=fingerprint:SHA-256 ab:CD\n");
        assertThat(own.description().fingerprintOf(own.description().media().get(0)))
                .contains(new DtlsFingerprint("sha-256", "AB:CD"));
        ParsedSdp session = parse("a=fingerprint:sha-1 01:02\n" + line);
        assertThat(session.description()
                        .fingerprintOf(session.description().media().get(0)))
                .contains(new DtlsFingerprint("sha-1", "01:02"));
        assertThat(parse(line + "a=fingerprint:sha-1 0102\n").findings())
                .extracting(Finding::code)
                .containsExactly("sdp-fingerprint-unreadable");
    }

    @Test
    void anMkiIsWrittenInTheOctetsThatItNames() {
        assertThat(new CryptoKey(new byte[30], "", "1:4").mkiBytes()).containsExactly(0, 0, 0, 1);
        assertThat(new CryptoKey(new byte[30], "", "255:1").mkiBytes()).containsExactly(0xFF);
        assertThat(new CryptoKey(new byte[30], "", "65280:2").mkiBytes()).containsExactly(0xFF, 0);
        assertThat(new CryptoKey(new byte[30], "", "").mkiBytes()).isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            RTP/SAVP 0,a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:KEY | taken
            RTP/SAVP 0,a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:KEY | refused, not a tag of ours
            RTP/SAVP 0,a=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:KEY | refused, not a suite of ours
            RTP/SAVP 0,a=label:1                                     | refused, without a key
            RTP/AVP 0,a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:KEY  | refused, never plain RTP
            """)
    void C200_anAnswerToOurOfferOfSrtpHasAKey(String lines, String outcome) throws SdpException {
        String ours =
                "m=audio 4 RTP/SAVP 0\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + "B".repeat(40) + "\na=recvonly\n";
        String theirs = "m=audio 6 " + lines.replace(',', '\n').replace("KEY", KEY30) + "\na=sendonly\n";
        PlannedLine line = OfferAnswer.take(
                        parse(ours).description(), parse(theirs).description(), SECURE)
                .lines()
                .get(0);
        assertThat(line.accepted()).isEqualTo(outcome.equals("taken"));
        if (line.accepted()) {
            CryptoChoice choice = line.crypto().orElseThrow();
            assertThat(choice.offered().keys().get(0).keyAndSalt()).isEqualTo(new byte[30]);
            assertThat(choice.answered().text()).endsWith("inline:" + "B".repeat(40));
        }
    }

    private static ParsedSdp parse(String lines) throws SdpException {
        return SdpParser.parse((HEAD + lines).getBytes(UTF_8), SdpLimits.defaults());
    }
}
