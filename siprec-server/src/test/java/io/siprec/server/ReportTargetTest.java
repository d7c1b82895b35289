package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.transport.Transport;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the recorder's RTCP reports arrive. */
class ReportTargetTest {
    private static final int RECEIVER_REPORT = 201;
    private static final int BYE_OF_ONE = 0x81cb_0001;
    private static final int PATIENCE_MS = 20_000;

    @TempDir
    Path recordings;

    @Test
    void C047_C178_reportsGoWhereTheNewestOfferTakesThem() throws Exception {
        InetAddress here = InetAddress.getByName("127.0.0.1");
        try (TestServer server = TestServer.start(recordings, 1);
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp();
                DatagramSocket first = new DatagramSocket(0, here);
                DatagramSocket second = new DatagramSocket(0, here)) {
            String media = line(rtp.port(), "1", "sendonly");
            String ok = src.establish(sdp(media + "a=rtcp:" + first.getLocalPort() + "\r\n"));
            rtp.send(ports(ok).get(0), 10);
            assertThat(packetType(first)).isEqualTo(RECEIVER_REPORT);

            src.reinvite(sdp(media + "a=rtcp:" + second.getLocalPort() + "\r\n"));
            rtp.send(ports(ok).get(0), 10);
            assertThat(packetType(second)).isEqualTo(RECEIVER_REPORT);
            src.bye();
            server.await("ended");
        }
    }

    /** The SIP BYE ends our part in the RTP session, too (RFC 3550 §6.3.7). */
    @Test
    void C178_C184_C185_aCallIsReportedOnWhileItLastsAndLeftWithAByeAtItsEnd() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp();
                DatagramSocket rtcp = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            String media = line(rtp.port(), "1", "sendonly");
            String ok = src.establish(sdp(media + "a=rtcp:" + rtcp.getLocalPort() + "\r\n"));
            int port = ports(ok).get(0);
            rtp.send(port, 10);
            rtcp.setSoTimeout(PATIENCE_MS);
            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            rtcp.receive(packet);
            assertThat(packet.getPort()).as("from the port that takes RTCP").isEqualTo(port + 1);
            src.bye();
            ByteBuffer last;
            do {
                rtcp.receive(packet);
                last = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
            } while (last.getInt(last.limit() - 8) != BYE_OF_ONE);
            assertThat(last.getInt(4)).isEqualTo(last.getInt(last.limit() - 4));
            server.await("ended");
        }
    }

    private static int packetType(DatagramSocket socket) throws Exception {
        socket.setSoTimeout(PATIENCE_MS);
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        socket.receive(packet);
        return packet.getData()[1] & 0xFF;
    }
}
