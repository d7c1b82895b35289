package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.session.RecordingSession;
import io.siprec.sip.transport.Transport;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines that should carry audio and bring something else. */
class ExplainedSilenceTest {
    private static final byte[] NO_RTP = "OPTIONS sip:x SIP/2.0".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> EXPECTED = Set.of(
            "1 rtp-nothing-received",
            "2 rtp-wrong-source",
            "3 rtp-wrong-payload-type",
            "4 rtp-malformed",
            "5 rtp-digital-silence");

    @TempDir
    Path recordings;

    @Test
    void eachLineIsToldApart() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp known = new RawRtp();
                RawRtp stranger = new RawRtp();
                RawRtp other = new RawRtp();
                RawRtp mute = new RawRtp();
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            List<Integer> to = ports(src.establish(sdp(
                    line(40000, "1", "sendonly"),
                    line(known.port(), "2", "sendonly"),
                    line(other.port(), "3", "sendonly"),
                    line(socket.getLocalPort(), "4", "sendonly"),
                    line(mute.port(), "5", "sendonly"),
                    line(40010, "6", "inactive"))));
            known.send(to.get(1), 10);
            server.awaitRtp(10);
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!told(server).equals(EXPECTED) && System.nanoTime() < deadline) {
                stranger.send(to.get(1), 5);
                other.send(to.get(2), 99, 5);
                socket.send(new DatagramPacket(NO_RTP, NO_RTP.length, InetAddress.getLoopbackAddress(), to.get(3)));
                mute.send(to.get(4), 5);
                TimeUnit.MILLISECONDS.sleep(100);
            }

            assertThat(told(server)).isEqualTo(EXPECTED);
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            ManifestSchema.check(recorded.manifest());
            assertThat(recorded.manifest().findValuesAsText("code")).contains("rtp-wrong-source");
        }
    }

    /** Stream and code of each finding about silence. */
    private static Set<String> told(TestServer server) {
        RecordingSession session = server.server().sessions().get(0);
        return session.findings().stream()
                .filter(finding -> finding.code().startsWith("rtp-"))
                .map(ExplainedSilenceTest::streamAndCode)
                .collect(Collectors.toSet());
    }

    private static String streamAndCode(Finding finding) {
        return finding.text().replaceAll("stream (\\d+) .*", "$1 ") + finding.code();
    }
}
