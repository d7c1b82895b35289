package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.srtp.SrtpKeys;
import io.siprec.rtp.srtp.SrtpSuite;
import io.siprec.sip.transport.TlsSettings;
import io.siprec.sip.transport.Transport;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a recorder for secure calls takes, and what becomes of keys that it can't have. */
class SecureOnlyTest {
    private static final String SUITE = SrtpSuite.AES_CM_128_HMAC_SHA1_80.name();
    private static final String FINGERPRINT = "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB\r\na=setup:actpass\r\n";

    @TempDir
    Path recordings;

    @TempDir
    Path keyFiles;

    private TestServer secureServer() throws Exception {
        TlsSettings keys = TestTls.server(keyFiles);
        return TestServer.start(
                recordings,
                1,
                builder -> builder.secureOnly(true)
                        .listen(Transport.TLS, "127.0.0.1", 0)
                        .sip(sip -> sip.tls(keys)));
    }

    private static String secureLine(int port, String label) {
        SrtpKeys keys = SrtpKeys.generate(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new SecureRandom());
        return line(port, label, "sendonly").replace("RTP/AVP", "RTP/SAVP") + "a=crypto:1 " + SUITE + " inline:"
                + Base64.getEncoder().encodeToString(keys.keyAndSalt()) + "\r\n";
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP"})
    void C207_callsWithoutTlsAreRefused(Transport transport) throws Exception {
        try (TestServer server = secureServer();
                RawDialog src = new RawDialog(server, transport)) {
            assertThat(src.invite(sdp(secureLine(40000, "1"))))
                    .startsWith("SIP/2.0 403 Calls Are Recorded over TLS Only");
            assertThat(server.server().sessions()).isEmpty();
            assertThat(server.server().statistics().streams()).isZero();
        }
    }

    @Test
    void C207_ofACallOverTlsTheEncryptedLinesAreRecorded() throws Exception {
        try (TestServer server = secureServer();
                RawDialog plain = new RawDialog(server, Transport.TLS);
                RawDialog late = new RawDialog(server, Transport.TLS);
                RawDialog src = new RawDialog(server, Transport.TLS)) {
            assertThat(plain.invite(sdp(line(40000, "1", "sendonly"))))
                    .startsWith("SIP/2.0 488 ")
                    .contains("only encrypted media is recorded here");
            assertThat(late.invite("", "")).startsWith("SIP/2.0 488 ").contains("send an offer of RTP/SAVP");
            assertThat(server.server().sessions()).isEmpty();
            String ok = src.establish(sdp(line(40000, "1", "sendonly"), secureLine(40002, "2")));
            assertThat(ports(ok).get(0)).isZero();
            assertThat(ports(ok).get(1)).isPositive();
            assertThat(server.server().statistics().streams()).isEqualTo(1);
            src.bye();
            assertThat(server.awaitRecording()
                            .manifest()
                            .at("/streams/0/srtpSuite")
                            .asText())
                    .isEqualTo(SUITE);
        }
    }

    @Test
    void C206_linesWhoseKeysComeByDtlsAreRefusedAndNeverStored() throws Exception {
        String dtls = line(40000, "1", "sendonly").replace("RTP/AVP", "UDP/TLS/RTP/SAVPF") + FINGERPRINT;
        try (TestServer server = TestServer.start(recordings, 1);
                RawDialog only = new RawDialog(server, Transport.UDP);
                RawDialog src = new RawDialog(server, Transport.UDP)) {
            assertThat(only.invite(sdp(dtls))).startsWith("SIP/2.0 488 ").contains("DTLS-SRTP is not supported");
            assertThat(server.server().statistics().streams()).isZero();
            String ok = src.establish(sdp(dtls, line(40002, "2", "sendonly")));
            assertThat(ports(ok).get(0)).isZero();
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            assertThat(recorded.manifest().get("streams")).hasSize(1);
            assertThat(recorded.stream("2").get("file").asText()).isEqualTo("stream-1.wav");
            assertThat(recorded.manifest().get("findings").findValuesAsText("text"))
                    .anyMatch(text -> text.contains("DTLS-SRTP is not supported"));
        }
    }
}
