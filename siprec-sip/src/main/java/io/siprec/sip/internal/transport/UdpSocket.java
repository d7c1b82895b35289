package io.siprec.sip.internal.transport;

import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.loop.EventLoop;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.slf4j.event.Level;

/** A datagram socket that listens (RFC 3261 section 18): each datagram is one message. */
final class UdpSocket implements EventLoop.Handler {
    private static final int DATAGRAMS_A_TURN = 128;
    private static final int SOCKET_BUFFER_BYTES = 2 * 1_024 * 1_024;

    private final NioNetwork network;
    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private boolean backlog; // a turn ended before the socket was empty
    private long backlogSinceNs;

    UdpSocket(NioNetwork network, InetSocketAddress wanted, PortUse use) throws IOException {
        this.network = network;
        this.channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            use.prepare(channel);
            channel.bind(wanted);
            use.opened(channel);
            channel.configureBlocking(false);
            address = (InetSocketAddress) channel.getLocalAddress();
            network.loop().register(channel, SelectionKey.OP_READ, this);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    /** Whether the socket can send there: a socket on an IPv4 address knows no IPv6. */
    boolean sameFamily(InetAddress remote) {
        InetAddress own = address.getAddress();
        return own.isAnyLocalAddress() || own instanceof Inet4Address == remote instanceof Inet4Address;
    }

    Peer peer(InetSocketAddress remote) {
        return new UdpPeer(remote);
    }

    @Override
    public void onReady(SelectionKey key) {
        if (!backlog) {
            backlogSinceNs = network.loop().nanoTime();
        }
        try {
            for (int i = 0; i < DATAGRAMS_A_TURN; i++) {
                ByteBuffer buffer = network.buffer();
                InetSocketAddress remote = (InetSocketAddress) channel.receive(buffer);
                if (remote == null) {
                    backlog = false;
                    return;
                }
                if (network.guard().admitsDatagram(remote.getAddress(), buffer.flip())) {
                    onDatagram(buffer, remote);
                }
            }
            backlog = true;
            network.loop().waited(network.loop().nanoTime() - backlogSinceNs);
        } catch (IOException e) {
            network.log().write(Level.WARN, "receiving on {}: {}", address, e.getMessage());
        }
    }

    private void onDatagram(ByteBuffer in, InetSocketAddress remote) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        if (keepAlive(bytes)) {
            network.counters().count(Counters.Name.DROPPED_KEEP_ALIVE);
            return;
        }
        Peer peer = peer(remote);
        network.tracer().received(bytes, peer);
        SipMessage message;
        try {
            message = network.parser().parse(bytes);
        } catch (SipParseException e) {
            network.listener().onMalformed(e, peer);
            return;
        }
        network.listener().onMessage(message, peer);
    }

    /** Line ends, blanks and zeros, or nothing at all: it holds a NAT binding open (RFC 3261 section 7.5). */
    private static boolean keepAlive(byte[] bytes) {
        for (byte b : bytes) {
            if (b != '\r' && b != '\n' && b != 0 && b != ' ') {
                return false;
            }
        }
        return true;
    }

    private final class UdpPeer implements Peer {
        private final InetSocketAddress remote;

        private UdpPeer(InetSocketAddress remote) {
            this.remote = remote;
        }

        @Override
        public Transport transport() {
            return Transport.UDP;
        }

        @Override
        public InetSocketAddress remote() {
            return remote;
        }

        @Override
        public InetSocketAddress local() {
            return address;
        }

        @Override
        public String advertisedHost() {
            return network.advertised().datagramHost(address.getAddress(), remote.getAddress());
        }

        @Override
        public int advertisedPort() {
            return address.getPort();
        }

        @Override
        public boolean open() {
            return channel.isOpen();
        }

        @Override
        public void send(byte[] message) {
            network.tracer().sent(message, this);
            try {
                if (channel.send(ByteBuffer.wrap(message), remote) > 0) {
                    network.counters().count(Counters.Name.SENT);
                    return;
                }
            } catch (IOException e) {
                network.guard()
                        .log()
                        .write(
                                Level.WARN,
                                remote.getAddress(),
                                "sending from {} to {}: {}",
                                address,
                                remote,
                                e.getMessage());
            }
            network.counters().count(Counters.Name.DROPPED_SEND_FAILED);
        }

        @Override
        public Peer towards(InetSocketAddress other) {
            return new UdpPeer(other);
        }

        @Override
        public void retain() {}

        @Override
        public void release() {}
    }
}
