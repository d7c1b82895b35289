package io.siprec.rtp.internal;

import java.util.concurrent.atomic.LongAdder;

/** What went wrong in writing, over all files. Thread-safe. */
final class WriterStatistics {
    private final LongAdder blocksDropped = new LongAdder();
    private final RateLimitedLog log;

    WriterStatistics(RateLimitedLog log) {
        this.log = log;
    }

    void blockDropped() {
        blocksDropped.increment();
    }

    void writeFailed(String what, Exception cause) {
        log.error(what, cause);
    }

    long blocksDroppedCount() {
        return blocksDropped.sum();
    }

    long errors() {
        return log.errors();
    }
}
