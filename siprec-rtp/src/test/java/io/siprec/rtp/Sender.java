package io.siprec.rtp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A sender with a socket of its own and a signal that mu-law keeps. */
final class Sender implements AutoCloseable {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
    private static final int FRAME = 160;

    final DatagramSocket socket;
    final RtpPacketWriter writer = new RtpPacketWriter();
    private final int number;
    private final int port;
    int sent;
    long firstTimestamp = 0xffff_f000L;

    Sender(int number, int port) throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress(LOCAL, 0));
        this.number = number;
        this.port = port;
        writer.ssrc(number);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void send(int packets) throws IOException {
        sendTo(port, packets);
    }

    void sendTo(int port, int packets) throws IOException {
        for (int i = 0; i < packets; i++, sent++) {
            writer.sequence(65_500 + sent).timestamp(firstTimestamp + (long) sent * FRAME);
            byte[] packet = writer.packet(codes(sent)).array();
            socket.send(new DatagramPacket(packet, packet.length, LOCAL, port));
        }
    }

    private byte[] codes(int frame) {
        byte[] codes = new byte[FRAME];
        for (int i = 0; i < FRAME; i++) {
            codes[i] = (byte) ((number * 17 + frame * 31 + i * 7) % 127);
        }
        return codes;
    }

    short[] pcm() {
        short[] pcm = new short[sent * FRAME];
        for (int i = 0; i < sent; i++) {
            G711.decodeUlaw(codes(i), 0, FRAME, pcm, i * FRAME);
        }
        return pcm;
    }

    @Override
    public void close() {
        socket.close();
    }
}
