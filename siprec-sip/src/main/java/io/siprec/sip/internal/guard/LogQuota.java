package io.siprec.sip.internal.guard;

import java.util.concurrent.atomic.AtomicLong;

/** Lines a minute about all sources together: many strangers can't fill the log either. Any thread. */
final class LogQuota {
    static final int LINES = 60;
    static final long WINDOW_NS = 60_000_000_000L;

    private final AtomicLong windowStartNs = new AtomicLong();
    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();

    /** Whether one more line may be written. */
    boolean take(long nowNs) {
        long start = windowStartNs.get();
        if (nowNs - start >= WINDOW_NS && windowStartNs.compareAndSet(start, nowNs)) {
            lines.set(0);
        }
        if (lines.incrementAndGet() <= LINES) {
            return true;
        }
        leftOut.incrementAndGet();
        return false;
    }

    /** Lines left out since the last call. */
    long takeLeftOut() {
        return leftOut.get() == 0 ? 0 : leftOut.getAndSet(0);
    }
}
