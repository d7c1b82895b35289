package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Captures of messages as tshark reads them. */
@Timeout(60)
class PacketCaptureTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
    private static final InetSocketAddress SRC = new InetSocketAddress("192.0.2.1", 5_060);
    private static final InetSocketAddress SRC_CONNECTION = new InetSocketAddress("192.0.2.1", 40_001);
    private static final InetSocketAddress OURS = new InetSocketAddress("192.0.2.9", 5_060);
    private static final InetSocketAddress OUR_TLS = new InetSocketAddress("192.0.2.9", 5_061);

    @TempDir
    private Path directory;

    private MediaPlane plane;

    @BeforeEach
    void start() {
        plane = MediaPlane.builder().bindAddress(LOCAL).ports(0, 0).loops(1).build();
        plane.start();
    }

    @AfterEach
    void close() {
        plane.close();
    }

    private PacketCapture capture(CaptureScope scope) {
        return plane.capture(new CaptureSettings(directory.resolve("call.pcapng"), scope, false, bytes -> bytes));
    }

    private static byte[] message(String startLine, int bodyBytes) {
        String body = "x".repeat(bodyBytes);
        return (startLine + "\r\nVia: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1\r\nFrom: <sip:a@example.org>;tag=1\r\n"
                        + "To: <sip:b@example.org>\r\nCall-ID: 1@example.org\r\nCSeq: 1 INVITE\r\n"
                        + "Content-Type: text/plain\r\nContent-Length: " + bodyBytes + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static CapturedMessage received(
            String transport, InetSocketAddress from, InetSocketAddress to, byte[] bytes) {
        return new CapturedMessage(true, transport, from, to, System.nanoTime(), bytes);
    }

    private static CapturedMessage sent(String transport, InetSocketAddress from, InetSocketAddress to, byte[] bytes) {
        return new CapturedMessage(false, transport, to, from, System.nanoTime(), bytes);
    }

    @Test
    void messagesOfEveryTransportAreRead() throws Exception {
        Tshark.require();
        PacketCapture capture = capture(CaptureScope.ALL);
        byte[] invite = message("INVITE sip:srs@192.0.2.9 SIP/2.0", 100);
        byte[] huge = message("INVITE sip:srs@192.0.2.9 SIP/2.0", 100_000);
        byte[] ok = message("SIP/2.0 200 OK", 0);
        capture.message(received("UDP", SRC, OURS, invite));
        capture.message(sent("UDP", OURS, SRC, ok));
        capture.message(received("TCP", SRC_CONNECTION, OURS, invite));
        capture.message(sent("TCP", OURS, SRC_CONNECTION, ok));
        capture.message(received("TCP", SRC_CONNECTION, OURS, huge));
        capture.message(sent("TCP", OURS, SRC_CONNECTION, ok));
        capture.message(received("TLS", SRC_CONNECTION, OUR_TLS, invite));
        capture.message(sent("TLS", OUR_TLS, SRC_CONNECTION, ok));
        CaptureReport report = capture.close().get(20, TimeUnit.SECONDS);
        assertThat(report.messages()).isEqualTo(8);

        List<String> read = Tshark.read(
                report.file(),
                "-o",
                "ip.check_checksum:TRUE",
                "-o",
                "udp.check_checksum:TRUE",
                "-o",
                "tcp.check_checksum:TRUE",
                "-Y",
                "sip",
                "-T",
                "fields",
                "-e",
                "sip.Method",
                "-e",
                "sip.Status-Code",
                "-e",
                "sip.Content-Length",
                "-e",
                "frame.comment",
                "-e",
                "ip.checksum.status",
                "-e",
                "udp.checksum.status",
                "-e",
                "tcp.checksum.status",
                "-e",
                "_ws.malformed");
        assertThat(read)
                .containsExactly(
                        "INVITE\t\t100\tSIP over UDP\t1\t1\t\t",
                        "\t200\t0\tSIP over UDP\t1\t1\t\t",
                        "INVITE\t\t100\tSIP over TCP\t1\t\t1\t",
                        "\t200\t0\tSIP over TCP\t1\t\t1\t",
                        "INVITE\t\t100000\tSIP over TCP\t1\t\t1\t",
                        "\t200\t0\tSIP over TCP\t1\t\t1\t",
                        "INVITE\t\t100\tSIP over TLS\t1\t\t1\t",
                        "\t200\t0\tSIP over TLS\t1\t\t1\t");
    }

    @Test
    void messagesAloneAreNoReasonForACaptureOfWhatCannotBeDecoded() throws Exception {
        PacketCapture capture = capture(CaptureScope.UNDECODABLE);
        for (int i = 0; i < 1_000; i++) {
            capture.message(received("UDP", SRC, OURS, message("INVITE sip:srs@192.0.2.9 SIP/2.0", 1_000)));
        }
        CaptureReport report = capture.close().get(20, TimeUnit.SECONDS);
        assertThat(report.fileBytes()).isZero();
        assertThat(report.dropped()).isZero();
        assertThat(report.file()).doesNotExist();
    }
}
