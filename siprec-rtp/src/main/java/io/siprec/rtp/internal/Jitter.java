package io.siprec.rtp.internal;

/**
 * Interarrival jitter (RFC 3550 §6.4.1, A.8). Arrivals are known by the sweep alone, so of each sweep only the newest packet
 * counts: it came within one packet time of the sweep. With at most one packet a sweep this is A.8 to the letter.
 */
final class Jitter {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private boolean known;
    private int rateHz;
    private int lastTransit;
    private int scaledTicks; // 16 times the jitter, as in A.8
    private long scaledResolutionNanos;

    /** The clock of the timestamps is another one from now on. */
    void restart() {
        known = false;
    }

    /**
     * Takes the newest packet of a sweep.
     *
     * @param arrivalNanos when the sweep read it
     * @param doubtNanos how much earlier it may have come
     */
    void sample(long arrivalNanos, long doubtNanos, long timestamp, int clockRateHz) {
        if (clockRateHz != rateHz) {
            rateHz = clockRateHz;
            scaledTicks = 0;
            known = false;
        }
        int transit = (int) (ticks(arrivalNanos) - timestamp);
        if (known) {
            int distance = Math.abs(transit - lastTransit);
            scaledTicks += distance - ((scaledTicks + 8) >> 4);
            scaledResolutionNanos += doubtNanos - ((scaledResolutionNanos + 8) >> 4);
        } else if (scaledResolutionNanos == 0) {
            scaledResolutionNanos = 16 * doubtNanos;
        }
        known = true;
        lastTransit = transit;
    }

    private long ticks(long nanos) {
        return nanos / NANOS_PER_SECOND * rateHz + nanos % NANOS_PER_SECOND * rateHz / NANOS_PER_SECOND;
    }

    /** In ticks of the last packet's clock. */
    int ticks() {
        return scaledTicks >> 4;
    }

    long nanos() {
        return rateHz == 0 ? 0 : (long) (scaledTicks >> 4) * NANOS_PER_SECOND / rateHz;
    }

    /** How far the arrival times that went in may be off, on average. */
    long resolutionNanos() {
        return scaledResolutionNanos >> 4;
    }
}
