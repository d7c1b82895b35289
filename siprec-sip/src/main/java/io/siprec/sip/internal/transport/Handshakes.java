package io.siprec.sip.internal.transport;

import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.transport.SipLimits;
import java.net.InetAddress;

/** TLS handshakes of peers that are not finished: each costs an engine and a turn of the workers. Loop thread only. */
final class Handshakes {
    private final int limit;
    private final Counters counters;
    private final AddressCounts perSource;
    private int count;

    Handshakes(SipLimits limits, Counters counters, AddressCounts perSource) {
        this.limit = limits.maxHandshakes();
        this.counters = counters;
        this.perSource = perSource;
    }

    /** A place for one handshake. */
    final class Place {
        private final InetAddress source;
        private boolean taken = true;

        private Place(InetAddress source) {
            this.source = source;
        }

        /** The handshake is over, one way or the other. May be called again. */
        void end() {
            if (taken) {
                taken = false;
                perSource.remove(source);
                publish(count - 1);
            }
        }
    }

    /** Whether there is room for one more from there; a refusal is counted. */
    boolean admits(InetAddress source) {
        boolean full = counters.total(Counters.Name.HANDSHAKES) >= limit || perSource.full(source);
        if (full) {
            counters.count(Counters.Name.DROPPED_HANDSHAKE_LIMIT);
        }
        return !full;
    }

    /** Takes a place. */
    Place begin(InetAddress source) {
        perSource.add(source);
        publish(count + 1);
        return new Place(source);
    }

    private void publish(int now) {
        count = now;
        counters.set(Counters.Name.HANDSHAKES, count);
    }
}
