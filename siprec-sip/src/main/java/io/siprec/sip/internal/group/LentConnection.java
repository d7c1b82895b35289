package io.siprec.sip.internal.group;

import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A connection of one loop, its home, as another one sees it, the borrower: what is sent is handed to the home, in order. While
 * the home's queue is full it waits here, since over a connection nobody sends a response again. Made on the home's thread, used
 * on the borrower's.
 */
final class LentConnection implements Peer {
    private static final Duration TRY_AGAIN = Duration.ofMillis(10);
    private static final int MAX_WAITING =
            256; // messages; a connection that is not read is closed by its home long before

    private final Peer connection;
    private final Member home;
    private final Member borrower;
    private final Transport transport;
    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private final String advertisedHost;
    private final int advertisedPort;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
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
        if (waiting.size() >= MAX_WAITING) {
            borrower.counters().count(Counters.Name.DROPPED_HAND_OVER);
        } else {
            inOrder(() -> connection.send(message));
        }
    }

    @Override
    public Peer towards(InetSocketAddress address) {
        return this;
    }

    @Override
    public void retain() {
        inOrder(connection::retain);
    }

    @Override
    public void release() {
        inOrder(connection::release);
    }

    private void inOrder(Runnable task) {
        if (!waiting.isEmpty() || !home.loop().execute(task)) {
            waiting.add(task);
            if (waiting.size() == 1) {
                tryAgain();
            }
        }
    }

    private void tryAgain() {
        borrower.loop().schedule(TRY_AGAIN, () -> {
            while (!waiting.isEmpty() && home.loop().execute(waiting.element())) {
                waiting.remove();
            }
            if (!waiting.isEmpty()) {
                tryAgain();
            }
        });
    }
}
