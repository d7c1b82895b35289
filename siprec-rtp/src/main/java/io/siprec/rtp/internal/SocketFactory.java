package io.siprec.rtp.internal;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/** Opens the sockets of a media plane: non-blocking, on one local address. Thread-safe. */
final class SocketFactory {
    private final Optional<InetAddress> address;
    private final int receiveBufferBytes;

    SocketFactory(Optional<InetAddress> address, int receiveBufferBytes) {
        this.address = address;
        this.receiveBufferBytes = receiveBufferBytes;
    }

    /** A pair on {@code rtpPort} and the next one. */
    PortPair pair(int rtpPort) throws IOException {
        DatagramChannel rtp = rtp(rtpPort);
        try {
            return new PortPair(rtp, bound(rtpPort + 1), rtpPort);
        } catch (IOException | RuntimeException e) {
            PortPair.closeQuietly(rtp);
            throw e;
        }
    }

    /** A pair on ports that the OS finds; BindException when the neighbour of the port is taken. */
    PortPair anyPair() throws IOException {
        DatagramChannel found = bound(0);
        int port = ((InetSocketAddress) found.getLocalAddress()).getPort();
        try {
            if (port % 2 == 1) {
                return new PortPair(rtp(port - 1), found, port - 1);
            }
            enlarge(found);
            return new PortPair(found, bound(port + 1), port);
        } catch (IOException | RuntimeException e) {
            PortPair.closeQuietly(found);
            throw e;
        }
    }

    private DatagramChannel rtp(int port) throws IOException {
        DatagramChannel channel = bound(port);
        enlarge(channel);
        return channel;
    }

    private void enlarge(DatagramChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
    }

    private DatagramChannel bound(int port) throws IOException {
        DatagramChannel channel = open();
        try {
            channel.configureBlocking(false);
            channel.bind(address.map(a -> new InetSocketAddress(a, port)).orElseGet(() -> new InetSocketAddress(port)));
            return channel;
        } catch (BindException e) {
            PortPair.closeQuietly(channel);
            throw e;
        } catch (IOException | RuntimeException e) {
            PortPair.closeQuietly(channel);
            throw new IOException("can't bind UDP port " + port + ": " + e.getMessage(), e);
        }
    }

    private DatagramChannel open() throws IOException {
        boolean onlyV4 = address.filter(Inet4Address.class::isInstance).isPresent();
        return onlyV4 ? DatagramChannel.open(StandardProtocolFamily.INET) : DatagramChannel.open();
    }

    /** The receive buffer that the kernel grants, in bytes. */
    int grantedReceiveBufferBytes() throws IOException {
        try (DatagramChannel probe = open()) {
            enlarge(probe);
            return probe.getOption(StandardSocketOptions.SO_RCVBUF);
        }
    }
}
