package io.siprec.sip.internal.transport;

import io.siprec.sip.SipBindException;
import io.siprec.sip.internal.guard.LoopGuard;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.loop.EventLoop;
import io.siprec.sip.internal.loop.LimitedLog;
import io.siprec.sip.message.SipParser;
import io.siprec.sip.transport.ListeningPoint;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** All sockets of an endpoint. Opened before the loop starts, afterwards loop thread only. */
public final class NioNetwork implements Network {
    private static final int BUFFER_BYTES = 65_536; // a datagram is never larger

    private final EventLoop loop;
    private final SipLimits limits;
    private final Counters counters;
    private final LimitedLog log;
    private final SipParser parser;
    private final NetworkListener listener;
    private final AdvertisedAddresses advertised;
    private final ConnectionTable connections;
    private final TlsLayers tls;
    private final LoopGuard guard;
    private final Tracer tracer;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final List<UdpSocket> udpSockets = new ArrayList<>();

    /**
     * Sockets for a loop.
     *
     * @param advertisedHost in our Via and Contact; empty for the address towards each peer
     * @param shared by all loops of the endpoint
     */
    public NioNetwork(
            EventLoop loop,
            SipLimits limits,
            String advertisedHost,
            Counters counters,
            LoopGuard guard,
            NetworkListener listener,
            NetworkShare shared) {
        this.loop = loop;
        this.limits = limits;
        this.advertised = new AdvertisedAddresses(advertisedHost);
        this.connections = new ConnectionTable(limits, counters, shared.connectionsPerSource());
        this.counters = counters;
        this.guard = guard;
        this.tracer = new Tracer(shared.trace(), loop, counters);
        this.listener = listener;
        this.log = new LimitedLog(LoggerFactory.getLogger(NioNetwork.class), loop::nanoTime);
        this.parser = new SipParser(limits);
        this.tls = new TlsLayers(this, shared, limits);
    }

    /** Opens a listening point and says where it really is. */
    public ListeningPoint open(ListeningPoint wanted, PortUse use) throws SipBindException {
        try {
            InetSocketAddress address =
                    wanted.transport() == Transport.UDP ? openUdp(wanted.address(), use) : openAcceptor(wanted, use);
            ListeningPoint opened = new ListeningPoint(wanted.transport(), address);
            advertised.listensOn(opened);
            return opened;
        } catch (IOException e) {
            throw new SipBindException(wanted, e);
        } catch (java.nio.channels.UnresolvedAddressException e) {
            throw new SipBindException(wanted, new IOException("unknown host", e));
        }
    }

    private InetSocketAddress openUdp(InetSocketAddress address, PortUse use) throws IOException {
        UdpSocket socket = new UdpSocket(this, address, use);
        udpSockets.add(socket);
        return socket.address();
    }

    private InetSocketAddress openAcceptor(ListeningPoint wanted, PortUse use) throws IOException {
        if (wanted.transport() == Transport.TLS && !tls.canAccept()) {
            throw new IOException("no TLS certificate to show");
        }
        return new TcpAcceptor(this, wanted.transport(), wanted.address(), use).address();
    }

    @Override
    public Peer peer(Transport transport, InetSocketAddress remote) throws IOException {
        if (remote.isUnresolved()) {
            throw new IOException("unknown host");
        }
        return transport == Transport.UDP ? udpPeer(remote) : connection(transport, remote);
    }

    /** The way to an address from our datagram socket at {@code local}, which must be one of ours. */
    public Peer datagrams(InetSocketAddress local, InetSocketAddress remote) {
        for (UdpSocket socket : udpSockets) {
            if (socket.address().equals(local)) {
                return socket.peer(remote);
            }
        }
        throw new IllegalArgumentException("not listening on " + local);
    }

    private Peer udpPeer(InetSocketAddress remote) throws IOException {
        for (UdpSocket socket : udpSockets) {
            if (socket.sameFamily(remote.getAddress())) {
                return socket.peer(remote);
            }
        }
        throw new IOException("no UDP listening point");
    }

    private Peer connection(Transport transport, InetSocketAddress remote) throws IOException {
        boolean secure = transport == Transport.TLS;
        ConnectionKey key = new ConnectionKey(transport, remote, secure ? remote.getHostString() : "");
        Optional<Connection> known = connections.find(key);
        return known.isPresent() ? known.get() : connect(key);
    }

    private Connection connect(ConnectionKey key) throws IOException {
        InetSocketAddress remote = key.remote();
        ByteLayer.Factory layer =
                key.transport() == Transport.TLS ? tls.connecting(key.server(), remote.getPort()) : PlainLayer::new;
        if (!connections.admitsOwn()) {
            throw new IOException("over the limit of " + limits.maxConnections() + " connections");
        }
        SocketChannel channel = SocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(advertised.towards(remote.getAddress()), 0));
            return Connection.connect(this, channel, key, layer);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Takes a connection that a peer made; false when the guard or a limit forbids it. */
    boolean accept(Transport transport, SocketChannel channel) throws IOException {
        InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
        if (remote == null) {
            throw new IOException("closed by the peer");
        }
        if (!guard.admitsConnection(remote.getAddress()) || !connections.admits(remote.getAddress())) {
            return false;
        }
        Optional<ByteLayer.Factory> layer =
                transport == Transport.TLS ? tls.accepting(remote) : Optional.of(PlainLayer::new);
        if (layer.isEmpty()) {
            return false;
        }
        Connection.accepted(this, channel, ConnectionKey.unproved(transport, remote), layer.get());
        return true;
    }

    ConnectionTable connections() {
        return connections;
    }

    AdvertisedAddresses advertised() {
        return advertised;
    }

    EventLoop loop() {
        return loop;
    }

    SipLimits limits() {
        return limits;
    }

    Counters counters() {
        return counters;
    }

    LoopGuard guard() {
        return guard;
    }

    Tracer tracer() {
        return tracer;
    }

    LimitedLog log() {
        return log;
    }

    SipParser parser() {
        return parser;
    }

    NetworkListener listener() {
        return listener;
    }

    ByteBuffer buffer() {
        return buffer.clear();
    }
}
