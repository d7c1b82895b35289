package io.siprec.rtp.internal;

import io.siprec.rtp.TimeOrigin;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;

/** Turns arrival times into samples since the origin of a recording. One per stream, loop thread only. */
final class SampleClock {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final TimeOrigin origin;
    private final Clock wallClock;
    private boolean known;
    private long originNanos;

    SampleClock(TimeOrigin origin, Clock wallClock) {
        this.origin = origin;
        this.wallClock = wallClock;
    }

    /** Sets the origin to {@code nowNanos} unless a stream of the recording has set it before. */
    void start(long nowNanos) {
        if (known) {
            return;
        }
        OptionalLong set = origin.nanoTime();
        if (set.isEmpty()) {
            origin.setIfUnset(nowNanos, wallClock.instant());
            set = origin.nanoTime();
        }
        originNanos = set.orElseThrow();
        known = true;
    }

    /** True when a stream of the recording has set the origin. */
    boolean started() {
        if (!known && origin.nanoTime().isPresent()) {
            originNanos = origin.nanoTime().getAsLong();
            known = true;
        }
        return known;
    }

    /** How long after the origin {@code nanos} was; zero for what is before it, and while there is none. */
    Duration sinceOrigin(long nanos) {
        return started() ? Duration.ofNanos(Math.max(0, nanos - originNanos)) : Duration.ZERO;
    }

    /** The sample of {@code nanos} at a rate; 0 for what is before the origin. */
    long sampleAt(long nanos, int sampleRateHz) {
        long elapsed = Math.max(0, nanos - originNanos);
        return elapsed / NANOS_PER_SECOND * sampleRateHz + elapsed % NANOS_PER_SECOND * sampleRateHz / NANOS_PER_SECOND;
    }
}
