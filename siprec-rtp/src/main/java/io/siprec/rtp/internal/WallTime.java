package io.siprec.rtp.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/** The arrival clock on the wall. */
record WallTime(LongSupplier nanoTime, Clock clock) {
    /** The instant of {@code nanos} of the arrival clock, by what both clocks say now. */
    Instant at(long nanos) {
        return clock.instant().minusNanos(nanoTime.getAsLong() - nanos);
    }
}
