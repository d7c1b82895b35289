package io.siprec.testkit.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** The socket of one stream: named in the SDP, and the source of the packets (symmetric RTP, RFC 4961). */
final class RtpSocket implements PacketSink, AutoCloseable {
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private volatile InetSocketAddress remote;

    private RtpSocket(DatagramChannel channel) throws IOException {
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
    }

    static RtpSocket bind(InetAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.bind(new InetSocketAddress(address, 0));
            return new RtpSocket(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    InetSocketAddress local() {
        return local;
    }

    /** Where packets go; null before the answer and where the answer takes none. */
    InetSocketAddress remote() {
        return remote;
    }

    void remote(InetSocketAddress address) {
        remote = address;
    }

    @Override
    public void send(ByteBuffer packet) throws IOException {
        channel.send(packet, remote);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was lost: packets leave at once or never.
        }
    }
}
