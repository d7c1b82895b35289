package io.siprec.rtp.internal;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** Logs at most one trouble per second, and how many were left out. Thread-safe. */
final class RateLimitedLog {
    private static final long PERIOD_NANOS = 1_000_000_000L;

    private final Logger logger;
    private final LongSupplier nanoTime;
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final AtomicLong nextNanos;

    RateLimitedLog(Logger logger, LongSupplier nanoTime) {
        this.logger = logger;
        this.nanoTime = nanoTime;
        this.nextNanos = new AtomicLong(nanoTime.getAsLong());
    }

    void error(String what, Throwable cause) {
        errors.incrementAndGet();
        long now = nanoTime.getAsLong();
        long next = nextNanos.get();
        if (now - next >= 0 && nextNanos.compareAndSet(next, now + PERIOD_NANOS)) {
            logger.warn("{}: {} ({} more left out)", what, cause.toString(), leftOut.getAndSet(0), stack(cause));
        } else {
            leftOut.incrementAndGet();
        }
    }

    /** Of an error of the system the text says all; of one of ours, the place is wanted. */
    private static Throwable stack(Throwable cause) {
        return cause instanceof IOException ? null : cause;
    }

    /** All troubles so far. */
    long errors() {
        return errors.get();
    }
}
