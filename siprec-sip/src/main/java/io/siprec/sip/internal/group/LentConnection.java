package io.siprec.sip.internal.group;

import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;

/**
 * A connection of one loop, its home, as another one sees it, the borrower: what is sent is handed to the home, in order. Made
 * on the home's thread, used on the borrower's.
 */
final class LentConnection implements Peer {
    private final Peer connection;
    private final Member home;
    private final Member borrower;
    private final Transport transport;
    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private final String advertisedHost;
    private final int advertisedPort;
    private volatile boolean open = true; // the home writes, the borrower reads

    LentConnection(Peer connection, Member home, Member borrower) {
        this.connection = connection;
        this.home = home;
        this.borrower = borrower;
        this.transport = connection.transport();
        this.remote = connection.remote();
        this.local = connection.local();
        this.advertisedHost = connection.advertisedHost();
        this.advertisedPort = connection.advertisedPort();
    }

    /** The connection is gone. Home's thread. */
    void lost() {
        open = false;
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
        return local;
    }

    @Override
    public String advertisedHost() {
        return advertisedHost;
    }

    @Override
    public int advertisedPort() {
        return advertisedPort;
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public void send(byte[] message) {
        if (!home.loop().execute(() -> connection.send(message))) {
            borrower.counters().count(Counters.Name.DROPPED_HAND_OVER);
        }
    }

    @Override
    public Peer towards(InetSocketAddress address) {
        return this;
    }

    @Override
    public void retain() {
        home.handOver(connection::retain, borrower);
    }

    @Override
    public void release() {
        home.handOver(connection::release, borrower);
    }
}
