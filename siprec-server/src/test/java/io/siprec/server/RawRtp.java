package io.siprec.server;

import io.siprec.rtp.RtpPacketWriter;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Sends RTP of 20 ms each as fast as it can: a timeline goes by timestamps. */
final class RawRtp implements Closeable {
    private static final int SAMPLES = 160;

    private final DatagramSocket socket;
    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private int next;

    RawRtp() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    /** Where it sends from: what an offer says. */
    int port() {
        return socket.getLocalPort();
    }

    /** The next packets of the stream. */
    void send(int to, int count) throws IOException {
        send(to, 0, count);
    }

    void send(int to, int payloadType, int count) throws IOException {
        for (int end = next + count; next < end; next++) {
            byte[] payload = new byte[SAMPLES];
            Arrays.fill(payload, (byte) next);
            ByteBuffer packet = new RtpPacketWriter()
                    .payloadType(payloadType)
                    .ssrc(7)
                    .sequence(next)
                    .timestamp(next * (long) SAMPLES)
                    .packet(payload);
            socket.send(new DatagramPacket(packet.array(), packet.limit(), loopback, to));
        }
    }

    /** A packet of a telephone event (RFC 4733) of payload type 101 that began with the packet {@code start} of the stream. */
    void event(int to, int code, int start, int ticks, boolean end) throws IOException {
        byte[] payload = {(byte) code, (byte) (end ? 0x8a : 0x0a), (byte) (ticks >> 8), (byte) ticks};
        ByteBuffer packet = new RtpPacketWriter()
                .payloadType(101)
                .ssrc(7)
                .sequence(next++)
                .timestamp(start * (long) SAMPLES)
                .packet(payload);
        socket.send(new DatagramPacket(packet.array(), packet.limit(), loopback, to));
    }

    /** The number of the next packet. */
    int next() {
        return next;
    }

    /** Packets of the stream that never arrive. */
    void lose(int count) {
        next += count;
    }

    @Override
    public void close() {
        socket.close();
    }
}
