package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.transport.Network;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A network without sockets: what is sent waits to be looked at. */
final class FakeNetwork implements Network {
    static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 5060);

    final Deque<Sent> sent = new ArrayDeque<>();
    final List<FakePeer> made = new ArrayList<>();
    boolean unreachable;

    record Sent(FakePeer peer, byte[] bytes) {}

    @Override
    public Peer peer(Transport transport, InetSocketAddress remote) throws IOException {
        if (unreachable) {
            throw new IOException("unreachable");
        }
        FakePeer peer = new FakePeer(transport, remote);
        made.add(peer);
        return peer;
    }

    /** How often the connections that were made are held. */
    int users() {
        return made.stream().mapToInt(peer -> peer.users).sum();
    }

    FakePeer from(Transport transport, int port) {
        return new FakePeer(transport, new InetSocketAddress("127.0.0.2", port));
    }

    final class FakePeer implements Peer {
        private final Transport transport;
        private final InetSocketAddress remote;
        boolean open = true;
        int users;

        FakePeer(Transport transport, InetSocketAddress remote) {
            this.transport = transport;
            this.remote = remote;
        }

        @Override
        public Transport transport() {
            return transport;
        }

        @Override
        public InetSocketAddress remote() {
            return remote;
        }

        @Override
        public InetSocketAddress local() {
            return LOCAL;
        }

        @Override
        public String advertisedHost() {
            return "127.0.0.1";
        }

        @Override
        public int advertisedPort() {
            return LOCAL.getPort();
        }

        @Override
        public boolean open() {
            return open;
        }

        @Override
        public void send(byte[] message) {
            sent.add(new Sent(this, message));
        }

        @Override
        public Peer towards(InetSocketAddress address) {
            return transport == Transport.UDP ? new FakePeer(transport, address) : this;
        }

        @Override
        public void retain() {
            users++;
        }

        @Override
        public void release() {
            users--;
        }
    }
}
