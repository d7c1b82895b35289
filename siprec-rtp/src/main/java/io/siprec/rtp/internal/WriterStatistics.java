package io.siprec.rtp.internal;

import java.util.concurrent.atomic.LongAdder;

/** What went wrong in writing, over all files. Thread-safe. */
final class WriterStatistics {
    private final LongAdder blocksDropped = new LongAdder();
    private final RateLimitedLog log;
    private volatile long lastTroubleNanos;
    private volatile boolean troubled; // set after the time

    WriterStatistics(RateLimitedLog log) {
        this.log = log;
    }

    void blockDropped() {
        blocksDropped.increment();
        trouble();
    }

    void writeFailed(String what, Exception cause) {
        log.error(what, cause);
        trouble();
    }

    private void trouble() {
        lastTroubleNanos = System.nanoTime();
        troubled = true;
    }

    /** Whether anything went wrong within this time. */
    boolean troubledWithin(long nanos) {
        return troubled && System.nanoTime() - lastTroubleNanos < nanos;
    }

    long blocksDroppedCount() {
        return blocksDropped.sum();
    }

    long errors() {
        return log.errors();
    }
}
