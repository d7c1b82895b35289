package io.siprec.rtp.internal;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Tells when packets are better left in their sockets, as after a standstill of the process: a loop reads faster than the disk
 * takes. They are read all the same once the disk stands still, so that what is dropped then is known to be the disk's, and
 * before the sockets are full. Loop thread only.
 */
final class Backlog {
    static final long STANDSTILL_NANOS = 200_000_000L;
    static final long LONGEST_NANOS = 3_000_000_000L;

    private final BooleanSupplier crowded;
    private final LongSupplier progress;
    private boolean holding;
    private long sinceNanos;
    private long progressSeen;
    private long progressNanos;

    /**
     * @param crowded true while much waits for the disk
     * @param progress grows with all that the disk takes
     */
    Backlog(BooleanSupplier crowded, LongSupplier progress) {
        this.crowded = crowded;
        this.progress = progress;
    }

    /** True when no more is to be read now. */
    boolean holdsBack(long nowNanos) {
        if (!crowded.getAsBoolean()) {
            holding = false;
            return false;
        }
        long done = progress.getAsLong();
        if (!holding) {
            holding = true;
            sinceNanos = nowNanos;
            progressNanos = nowNanos;
        } else if (done != progressSeen) {
            progressNanos = nowNanos;
        }
        progressSeen = done;
        return nowNanos - progressNanos < STANDSTILL_NANOS && nowNanos - sinceNanos < LONGEST_NANOS;
    }
}
