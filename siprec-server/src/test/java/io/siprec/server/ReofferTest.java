package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionStream;
import io.siprec.rtp.RtpPacketWriter;
import io.siprec.server.RawMessages.MediaLine;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Offers in a dialog: each a full one, and one that can't be taken changes nothing (design: "In-dialog"). */
@WithOneAndFourLoops
class ReofferTest {
    private static final String HEAD = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n";
    private static final String ONE = line(40000, "0", "1", "sendonly");
    private static final String TWO = line(40002, "0", "2", "sendonly");

    @Parameter
    int loops;

    @TempDir
    Path recordings;

    private TestServer server;
    private RawSipClient src;
    private String invite;
    private String ok;
    private int cseq = 1;

    @BeforeEach
    void callWithTwoStreams() throws Exception {
        server = TestServer.start(recordings, loops, builder -> builder.shutdownTimeout(Duration.ofMillis(100)));
        src = server.client(Transport.UDP);
        invite = request("INVITE", "<sip:srs@127.0.0.1>", "application/sdp", HEAD + ONE + TWO);
        src.send(invite);
        ok = src.receiveFinal();
        assertThat(ok).startsWith("SIP/2.0 200 ");
        acknowledge(invite, ok);
        server.await("started");
    }

    @AfterEach
    void end() throws IOException {
        src.close();
        server.close();
    }

    @Test
    void C044_C090_holdAndResumeKeepPortsAndRaiseTheVersion() throws Exception {
        String held = reinvite(HEAD + line(40000, "0", "1", "inactive") + line(40002, "0", "2", "inactive"));
        assertThat(RawMessages.mediaLines(held))
                .extracting(MediaLine::direction)
                .containsOnly("inactive");
        assertThat(ports(held)).isEqualTo(ports(ok));
        assertThat(version(held)).isEqualTo(version(ok) + 1);
        assertThat(server.await("changed").streams())
                .extracting(SessionStream::receiving)
                .containsOnly(false);

        String resumed = reinvite(HEAD + ONE + TWO);
        assertThat(RawMessages.mediaLines(resumed))
                .extracting(MediaLine::direction)
                .containsOnly("recvonly");
        assertThat(version(resumed)).isEqualTo(version(ok) + 2);
        assertThat(version(reinvite(HEAD + ONE + TWO))).as("the same again").isEqualTo(version(ok) + 2);
    }

    @Test
    void C094_aLineIsAddedAndAnotherEnds() throws Exception {
        String grown = reinvite(HEAD + line(0, "0", "1", "sendonly") + TWO + line(40004, "8", "3", "sendonly"));
        List<MediaLine> lines = RawMessages.mediaLines(grown);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).port()).isZero();
        assertThat(lines.get(1).port()).isEqualTo(ports(ok).get(1));
        assertThat(lines.get(2).port()).isPositive();
        assertThat(lines.get(2).label()).isEqualTo("3");
        RecordingSession session = server.await("changed");
        assertThat(session.streams()).extracting(SessionStream::label).containsExactly("1", "2", "3");
        assertThat(session.streams()).extracting(SessionStream::receiving).containsExactly(false, true, true);
    }

    @Test
    void C096_anOfferThatCannotBeTakenChangesNothing() throws Exception {
        String refused = reinvite(HEAD + "m=image 40000 udptl t38\r\nm=image 40002 udptl t38\r\n");
        assertThat(refused).startsWith("SIP/2.0 488 ");
        assertThat(RawMessages.header(refused, "Warning", "warning")).isNotEmpty();
        assertThat(version(reinvite(HEAD + ONE + TWO))).isEqualTo(version(ok));
    }

    /** RFC 3264 §8 wants the line with port 0; to refuse would lose the streams that go on. */
    @Test
    void C094_aLineThatIsMissingHasEnded() throws Exception {
        String shrunk = reinvite(HEAD + TWO);
        assertThat(ports(shrunk)).containsExactly(ports(ok).get(1));
        RecordingSession session = server.await("changed");
        assertThat(session.streams()).extracting(SessionStream::receiving).containsExactly(false, true);
        assertThat(session.findings()).extracting(Finding::code).contains("sdp-fewer-lines");
        assertThat(ports(reinvite(HEAD + TWO + ONE))).hasSize(2).doesNotContain(0);
    }

    @Test
    void C080_C097_aRequestWithoutSdpLeavesTheMediaAlone() throws Exception {
        String offered = reinvite("");
        assertThat(offered).startsWith("SIP/2.0 200 ");
        assertThat(ports(offered)).isEqualTo(ports(ok));

        String metadata = "<recording xmlns='urn:ietf:params:xml:ns:recording:1'><participant participant_id='p1'>"
                + "<nameID aor='sip:carol@example.com'><name>Carol</name></nameID></participant></recording>";
        src.send(request("UPDATE", RawMessages.header(ok, "To", "t"), "application/rs-metadata+xml", metadata));
        String updated = src.receiveFinal();
        assertThat(updated).startsWith("SIP/2.0 200 ").doesNotContain("v=0");
        RecordingSession session = server.await("changed");
        while (session.participants().isEmpty()) {
            session = server.await("changed");
        }
        assertThat(session.participants().get(0).name()).isEqualTo("Carol");
        assertThat(session.streams()).extracting(SessionStream::receiving).containsOnly(true);
    }

    @Test
    void C095_theCodecChangesInsideOneFile() throws Exception {
        List<Integer> ports = ports(ok);
        try (DatagramSocket rtp = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            sendRtp(rtp, ports.get(0), 0, 0, 10);
            reinvite(HEAD + line(rtp.getLocalPort(), "8", "1", "sendonly") + TWO);
            server.await("changed");
            sendRtp(rtp, ports.get(0), 8, 10, 10);
            bye();
        }
        RecordedCall recorded = server.awaitRecording();
        assertThat(recorded.stream("1").at("/packets/received").asInt())
                .as("%s", recorded.stream("1"))
                .isEqualTo(20);
        assertThat(recorded.audio("1").samples()).hasSize(20 * 160);
        assertThat(recorded.stream("1").get("codecs").get(0).asText()).isEqualTo("PCMA/8000");
    }

    @Test
    void C090_C190_theLastPacketBeforeAHoldAndTheFirstAfterItAreKept() throws Exception {
        List<Integer> ports = ports(ok);
        try (DatagramSocket rtp = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            sendRtp(rtp, ports.get(0), 0, 0, 10);
            reinvite(HEAD + line(40000, "0", "1", "inactive") + TWO);
            server.await("changed");
            reinvite(HEAD + ONE + TWO);
            sendRtp(rtp, ports.get(0), 0, 10, 10);
            bye();
        }
        RecordedCall recorded = server.awaitRecording();
        assertThat(recorded.stream("1").at("/packets/received").asInt())
                .as("%s", recorded.stream("1"))
                .isEqualTo(20);
        assertThat(recorded.audio("1").samples()).hasSize(20 * 160);
    }

    @Test
    void C098_metadataInTheByeIsTaken() throws Exception {
        String metadata = "<recording xmlns='urn:ietf:params:xml:ns:recording:1'><participant participant_id='p9'/>"
                + "</recording>";
        src.send(request("BYE", RawMessages.header(ok, "To", "t"), "application/rs-metadata", metadata));
        assertThat(src.receiveFinal()).startsWith("SIP/2.0 200 ");
        RecordedCall recorded = server.awaitRecording();
        assertThat(recorded.manifest().at("/participants/0/id").asText()).isEqualTo("p9");
        assertThat(recorded.folder().resolve("metadata-0001.xml")).hasContent(metadata);
    }

    private String reinvite(String sdp) throws IOException {
        String request = request("INVITE", RawMessages.header(ok, "To", "t"), "application/sdp", sdp);
        src.send(request);
        String response = src.receiveFinal();
        String expected = RawMessages.header(request, "CSeq", "cseq");
        while (!RawMessages.header(response, "CSeq", "cseq").equals(expected)) {
            response = src.receiveFinal(); // the one before came again on a slow machine
        }
        acknowledge(request, response);
        return response;
    }

    private void acknowledge(String request, String response) throws IOException {
        String ack = RawMessages.inDialog("ACK", request, response, Transport.UDP, src.localPort());
        boolean refused = !response.startsWith("SIP/2.0 200 ");
        src.send(refused ? ack.replaceFirst("branch=[^;\r]+", "branch=" + branch(request)) : ack);
    }

    private static String branch(String request) {
        return RawMessages.header(request, "Via", "v").replaceFirst(".*branch=", "");
    }

    private void bye() throws IOException {
        src.send(request("BYE", RawMessages.header(ok, "To", "t"), "", ""));
        assertThat(src.receiveFinal()).startsWith("SIP/2.0 200 ");
    }

    private String request(String method, String to, String type, String body) {
        return method + " sip:srs@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + src.localPort()
                + ";rport;branch=z9hG4bK-" + cseq + "\r\nMax-Forwards: 70\r\n"
                + "From: <sip:src@127.0.0.1>;tag=1\r\nTo: " + to + "\r\nCall-ID: reoffer\r\nCSeq: " + cseq++ + " "
                + method + "\r\nContact: <sip:src@127.0.0.1:" + src.localPort() + ">;+sip.src\r\n"
                + "Require: siprec\r\n" + (body.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String line(int port, String format, String label, String direction) {
        return "m=audio " + port + " RTP/AVP " + format + "\r\na=label:" + label + "\r\na=" + direction + "\r\n";
    }

    private static List<Integer> ports(String response) {
        return RawMessages.mediaLines(response).stream().map(MediaLine::port).toList();
    }

    private static int version(String response) {
        String origin = Arrays.stream(response.split("\r\n"))
                .filter(line -> line.startsWith("o="))
                .findFirst()
                .orElseThrow();
        return Integer.parseInt(origin.split(" ")[2]);
    }

    private static void sendRtp(DatagramSocket from, int port, int payloadType, int first, int count)
            throws IOException {
        for (int i = first; i < first + count; i++) {
            byte[] payload = new byte[160];
            Arrays.fill(payload, (byte) i);
            ByteBuffer packet = new RtpPacketWriter()
                    .payloadType(payloadType)
                    .ssrc(7)
                    .sequence(i)
                    .timestamp(i * 160L)
                    .packet(payload);
            from.send(new DatagramPacket(packet.array(), packet.limit(), InetAddress.getByName("127.0.0.1"), port));
        }
    }
}
