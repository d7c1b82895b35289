package io.siprec.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** RTCP of a sender: one report, and what is reported to it. */
final class SenderReports implements Closeable {
    /** What comes back in its place (RFC 3550 §6.4.1, LSR). */
    static final int MIDDLE_OF_NTP = 0x5678_9abc;

    private static final int SR = 200;
    private static final int RR = 201;
    private static final int BYE = 203;
    private static final int BLOCK_BYTES = 24;

    private final DatagramSocket socket;

    private SenderReports() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(20_000);
    }

    /** Sends a report of this source to the port next to that of RTP. */
    static SenderReports send(InetSocketAddress rtp, long ssrc) throws IOException {
        SenderReports reports = new SenderReports();
        byte[] report = new byte[28];
        ByteBuffer.wrap(report)
                .putShort((short) (0x8000 | SR))
                .putShort((short) 6)
                .putInt((int) ssrc)
                .putLong((0x1234L << 32 | MIDDLE_OF_NTP) << 16);
        reports.socket.send(new DatagramPacket(report, report.length, rtp.getAddress(), rtp.getPort() + 1));
        return reports;
    }

    /** The last report block until the recorder's goodbye. Closes the socket. */
    ByteBuffer lastBlock() throws IOException {
        try (this) {
            ByteBuffer last = null;
            boolean bye = false;
            while (!bye) {
                DatagramPacket datagram = new DatagramPacket(new byte[1_500], 1_500);
                socket.receive(datagram);
                ByteBuffer compound = ByteBuffer.wrap(Arrays.copyOf(datagram.getData(), datagram.getLength()));
                for (int at = 0; at < compound.limit(); at += 4 + 4 * (compound.getShort(at + 2) & 0xffff)) {
                    int type = compound.get(at + 1) & 0xff;
                    bye |= type == BYE;
                    if (type == RR && (compound.get(at) & 0x1f) == 1) {
                        last = compound.slice(at + 8, BLOCK_BYTES);
                    }
                }
            }
            return last;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
