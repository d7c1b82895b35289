package io.siprec.testkit.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

/** The sockets of a line: an even port for RTP and the next one for RTCP (RFC 3550 §11). */
public record RelayPorts(DatagramChannel rtp, DatagramChannel rtcp, InetSocketAddress address)
        implements AutoCloseable {
    private static final int TRIES = 200;

    /** Binds a free pair. */
    public static RelayPorts bind(InetAddress host) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            DatagramChannel one = open(host, 0);
            int port = ((InetSocketAddress) one.getLocalAddress()).getPort();
            DatagramChannel other = neighbour(host, port ^ 1);
            if (other != null) {
                boolean even = (port & 1) == 0;
                DatagramChannel rtp = even ? one : other;
                return new RelayPorts(rtp, even ? other : one, (InetSocketAddress) rtp.getLocalAddress());
            }
            one.close();
        }
        throw new IOException("no pair of neighbouring ports is free");
    }

    /** Null when the port is taken. */
    private static DatagramChannel neighbour(InetAddress host, int port) {
        try {
            return open(host, port);
        } catch (IOException taken) {
            return null;
        }
    }

    private static DatagramChannel open(InetAddress host, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(host, port));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            rtp.close();
            rtcp.close();
        } catch (IOException e) {
            // There is nothing in them that could be lost.
        }
    }
}
