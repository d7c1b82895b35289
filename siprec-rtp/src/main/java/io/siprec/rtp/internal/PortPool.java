package io.siprec.rtp.internal;

import io.siprec.rtp.PortsExhaustedException;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * The pairs of ports of a range. The pair that rested longest is used next; after use a pair rests for the quarantine, so that
 * stale packets of one stream meet no other. Thread-safe; sockets are bound outside the lock.
 */
final class PortPool {
    private static final int ANY_ATTEMPTS = 100;

    private final SocketFactory sockets;
    private final int minPort;
    private final int maxPort;
    private final long quarantineNanos;
    private final LongSupplier nanoTime;
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Deque<Resting> resting = new ArrayDeque<>();
    private int inUse;

    PortPool(SocketFactory sockets, int minPort, int maxPort, Duration quarantine, LongSupplier nanoTime) {
        this.sockets = sockets;
        this.minPort = minPort;
        this.maxPort = maxPort;
        this.quarantineNanos = quarantine.toNanos();
        this.nanoTime = nanoTime;
        for (int port = minPort + (minPort & 1); !anyPort() && port < maxPort; port += 2) {
            free.add(port);
        }
    }

    private boolean anyPort() {
        return maxPort == 0;
    }

    /**
     * A bound pair. Pairs that another program holds are skipped.
     *
     * @throws PortsExhaustedException when no pair can be bound
     */
    PortPair acquire() throws PortsExhaustedException, IOException {
        int attempts = anyPort() ? ANY_ATTEMPTS : freePairs();
        for (int i = 0; i < attempts; i++) {
            Integer port = next();
            if (port == null) {
                break;
            }
            PortPair pair = tryBind(port);
            if (pair != null) {
                return pair;
            }
        }
        throw exhausted();
    }

    private PortPair tryBind(int port) throws IOException {
        boolean done = false;
        try {
            PortPair pair = anyPort() ? sockets.anyPair() : sockets.pair(port);
            done = true;
            return pair;
        } catch (BindException e) {
            return null;
        } finally {
            if (!done) {
                putBack(port);
            }
        }
    }

    private synchronized Integer next() {
        endQuarantines();
        Integer port = anyPort() ? Integer.valueOf(0) : free.pollFirst();
        if (port != null) {
            inUse++;
        }
        return port;
    }

    private synchronized void putBack(int port) {
        inUse--;
        if (!anyPort()) {
            free.addLast(port);
        }
    }

    /** Closes the sockets; their ports rest. */
    void release(PortPair pair) {
        int port = pair.rtpPort();
        pair.close();
        synchronized (this) {
            inUse--;
            if (!anyPort()) {
                resting.addLast(new Resting(port, nanoTime.getAsLong() + quarantineNanos));
            }
        }
    }

    private void endQuarantines() {
        long now = nanoTime.getAsLong();
        while (!resting.isEmpty() && now - resting.peekFirst().untilNanos >= 0) {
            free.addLast(resting.pollFirst().port);
        }
    }

    private synchronized PortsExhaustedException exhausted() {
        String state =
                inUse + " in use, " + resting.size() + " in quarantine, " + free.size() + " held by other programs";
        return new PortsExhaustedException(
                anyPort()
                        ? "the system has no free pair of UDP ports"
                        : "no pair of UDP ports is free in " + minPort + ".." + maxPort + ": " + state);
    }

    synchronized int freePairs() {
        endQuarantines();
        return anyPort() ? Integer.MAX_VALUE : free.size();
    }

    synchronized int pairsInUse() {
        return inUse;
    }

    synchronized int pairsResting() {
        endQuarantines();
        return resting.size();
    }

    private record Resting(int port, long untilNanos) {}
}
