package io.siprec.rtp.internal;

import java.time.Instant;

/**
 * The arrival clock as a capture shows it: on the wall at its beginning, from then on what the arrival clock says. So it never
 * jumps, and a reader has the very times that the recording was made with.
 */
record CaptureClock(long startNanos, Instant startInstant) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    long epochNanos(long nanoTime) {
        return startInstant.getEpochSecond() * NANOS_PER_SECOND + startInstant.getNano() + (nanoTime - startNanos);
    }
}
