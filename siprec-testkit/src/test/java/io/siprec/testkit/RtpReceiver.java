package io.siprec.testkit;

import io.siprec.rtp.RtpPacket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A socket that takes the packets of one stream; read after the call: its buffer holds seconds of audio. */
final class RtpReceiver implements AutoCloseable {
    private final DatagramSocket socket;

    /** One packet as it came. */
    record Received(SocketAddress from, int sequence, long timestamp, long ssrc, int payloadType, byte[] payload) {}

    RtpReceiver() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setReceiveBufferSize(1 << 20);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** All packets that are there, after waiting for as many as are expected. */
    List<Received> packets(long expected) throws IOException {
        List<Received> received = new ArrayList<>();
        DatagramPacket datagram = new DatagramPacket(new byte[2048], 2048);
        while (true) {
            socket.setSoTimeout(received.size() < expected ? 2_000 : 1);
            try {
                socket.receive(datagram);
            } catch (SocketTimeoutException e) {
                return received;
            }
            received.add(parse(datagram));
        }
    }

    private static Received parse(DatagramPacket datagram) {
        RtpPacket packet = new RtpPacket();
        ByteBuffer bytes = ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength());
        if (!packet.parse(bytes)) {
            throw new AssertionError("no RTP");
        }
        int start = packet.payloadStart();
        byte[] payload = Arrays.copyOfRange(datagram.getData(), start, start + packet.payloadLength());
        return new Received(
                datagram.getSocketAddress(),
                packet.sequence(),
                packet.timestamp(),
                packet.ssrc(),
                packet.payloadType(),
                payload);
    }

    @Override
    public void close() {
        socket.close();
    }
}
