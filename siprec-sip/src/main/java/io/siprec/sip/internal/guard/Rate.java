package io.siprec.sip.internal.guard;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A token bucket in one number: the time at which the bucket is full again. It takes a second's worth at once. Times count
 * from a fixed moment, so that 0 is a full bucket. Any thread.
 *
 * @param intervalNs between two messages at the full rate; 0 for no limit
 */
record Rate(long intervalNs) {
    private static final long SECOND_NS = 1_000_000_000L;

    static Rate perSecond(int messages) {
        return new Rate(messages == 0 ? 0 : SECOND_NS / messages);
    }

    boolean limited() {
        return intervalNs > 0;
    }

    /** Takes one token of the bucket in the cell; false when there is none. */
    boolean take(AtomicLongArray cells, int cell, long nowNs) {
        while (true) {
            long full = cells.get(cell);
            long from = Math.max(full, nowNs);
            if (from + intervalNs - nowNs > SECOND_NS) {
                return false;
            }
            if (cells.compareAndSet(cell, full, from + intervalNs)) {
                return true;
            }
        }
    }
}
