package io.siprec.sip.internal.transport;

import io.siprec.sip.SipBindException;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.loop.EventLoop;
import io.siprec.sip.internal.loop.LimitedLog;
import io.siprec.sip.message.SipParser;
import io.siprec.sip.transport.ListeningPoint;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** All sockets of an endpoint. Opened before the loop starts, afterwards loop thread only. */
public final class NioNetwork implements Network {
    private static final int BUFFER_BYTES = 65_536; // a datagram is never larger

    private final EventLoop loop;
    private final SipLimits limits;
    private final String advertisedHost;
    private final Counters counters;
    private final LimitedLog log;
    private final SipParser parser;
    private final NetworkListener listener;
    private final LocalAddresses localAddresses = new LocalAddresses();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final List<UdpSocket> udpSockets = new ArrayList<>();
    private final List<TcpAcceptor> acceptors = new ArrayList<>();
    private final Map<InetSocketAddress, TcpConnection> connections = new HashMap<>();
    private int connectionCount;

    /** Sockets for a loop; an empty {@code advertisedHost} means the address towards each peer. */
    public NioNetwork(
            EventLoop loop, SipLimits limits, String advertisedHost, Counters counters, NetworkListener listener) {
        this.loop = loop;
        this.limits = limits;
        this.advertisedHost = advertisedHost;
        this.counters = counters;
        this.listener = listener;
        this.log = new LimitedLog(LoggerFactory.getLogger(NioNetwork.class), loop::nanoTime);
        this.parser = new SipParser(limits);
    }

    /** Opens a listening point and says where it really is. */
    public ListeningPoint open(ListeningPoint wanted) throws SipBindException {
        try {
            InetSocketAddress address =
                    wanted.transport() == Transport.UDP ? openUdp(wanted.address()) : openTcp(wanted.address());
            return new ListeningPoint(wanted.transport(), address);
        } catch (IOException e) {
            throw new SipBindException(wanted, e);
        } catch (java.nio.channels.UnresolvedAddressException e) {
            throw new SipBindException(wanted, new IOException("unknown host", e));
        }
    }

    private InetSocketAddress openUdp(InetSocketAddress address) throws IOException {
        UdpSocket socket = new UdpSocket(this, address);
        udpSockets.add(socket);
        return socket.address();
    }

    private InetSocketAddress openTcp(InetSocketAddress address) throws IOException {
        TcpAcceptor acceptor = new TcpAcceptor(this, address);
        acceptors.add(acceptor);
        return acceptor.address();
    }

    @Override
    public Peer peer(Transport transport, InetSocketAddress remote) throws IOException {
        if (remote.isUnresolved()) {
            throw new IOException("unknown host");
        }
        return transport == Transport.UDP ? udpPeer(remote) : tcpPeer(remote);
    }

    private Peer udpPeer(InetSocketAddress remote) throws IOException {
        for (UdpSocket socket : udpSockets) {
            if (socket.sameFamily(remote.getAddress())) {
                return socket.peer(remote);
            }
        }
        throw new IOException("no UDP listening point");
    }

    private Peer tcpPeer(InetSocketAddress remote) throws IOException {
        TcpConnection known = connections.get(remote);
        if (known != null && known.open()) {
            return known;
        }
        if (connectionCount >= limits.maxConnections()) {
            counters.count(Counters.Name.DROPPED_CONNECTION_LIMIT);
            throw new IOException("over the limit of " + limits.maxConnections() + " connections");
        }
        SocketChannel channel = SocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(localAddresses.towards(remote.getAddress()), 0));
            return new TcpConnection(this, channel, remote);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    boolean connectionsFull() {
        return connectionCount >= limits.maxConnections();
    }

    void opened(TcpConnection connection) {
        connectionCount++;
        counters.set(Counters.Name.CONNECTIONS, connectionCount);
        connections.put(connection.remote(), connection);
    }

    void closed(TcpConnection connection, String reason) {
        connectionCount--;
        counters.set(Counters.Name.CONNECTIONS, connectionCount);
        connections.remove(connection.remote(), connection);
        listener.onClosed(connection, reason);
    }

    /** The host in our Contact: the fixed one, the bound address, or the one that the peer can reach. */
    String advertisedHost(InetAddress bound, InetAddress remote) {
        if (!bound.isAnyLocalAddress()) {
            return LocalAddresses.uriHost(bound);
        }
        return advertisedHost.isEmpty() ? LocalAddresses.uriHost(localAddresses.towards(remote)) : advertisedHost;
    }

    /** As above for a connection, whose own address is never the wildcard: that of the listening point counts. */
    String advertisedConnectionHost(InetAddress local) {
        return advertisedHost.isEmpty() || !listensOnWildcard() ? LocalAddresses.uriHost(local) : advertisedHost;
    }

    private boolean listensOnWildcard() {
        return acceptors.stream().anyMatch(a -> a.address().getAddress().isAnyLocalAddress());
    }

    /** The port where new connections are taken; the connection's own when there is none. */
    int advertisedConnectionPort(InetSocketAddress local) {
        int port = local.getPort();
        for (TcpAcceptor acceptor : acceptors) {
            InetSocketAddress address = acceptor.address();
            if (address.getPort() == local.getPort()) {
                return local.getPort();
            }
            if (address.getAddress().isAnyLocalAddress() || address.getAddress().equals(local.getAddress())) {
                port = address.getPort();
            }
        }
        return port;
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
