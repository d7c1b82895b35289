package io.siprec.sip.internal.loop;

import java.time.Duration;

/**
 * How late a loop is: how long a timer, or a datagram in its socket, had to wait. One long wait is a pause of the machine and
 * no reason to turn calls away; waits that go on for half a second are. Loop thread only.
 */
public final class LoopDelay {
    private static final long STAYS_NS = 500_000_000L; // so long the delay is high before the loop counts as late
    private static final long CLEARS_NS = 1_000_000_000L; // and so long it was low before it doesn't any more
    private static final long WINDOW_NS = 1_000_000_000L;

    private final long markNs;
    private boolean high; // a high delay was seen and did not pass since
    private boolean late;
    private long highSinceNs;
    private long lastHighNs;
    private long windowStartNs;
    private long windowMaxNs;
    private long lastMaxNs;

    /** A measure with the delay from which on it counts as high. */
    public LoopDelay(Duration mark) {
        markNs = mark.toNanos();
    }

    /** Something has waited for so long, and does not any more. Once late, half the mark keeps it so. */
    public void sample(long delayNs, long nowNs) {
        roll(nowNs);
        windowMaxNs = Math.max(windowMaxNs, delayNs);
        if (delayNs < (late ? markNs / 2 : markNs)) {
            return;
        }
        boolean goesOn = high && nowNs - delayNs - lastHighNs < CLEARS_NS;
        if (!goesOn) {
            highSinceNs = nowNs;
        }
        high = true;
        lastHighNs = nowNs;
        late = goesOn && nowNs - highSinceNs >= STAYS_NS;
    }

    /** Whether delays are high and have been so for a while. */
    public boolean late(long nowNs) {
        if (high && nowNs - lastHighNs >= CLEARS_NS) {
            high = false;
            late = false;
        }
        return late;
    }

    /** The longest delay of the last second or two, in milliseconds. */
    long recentMs(long nowNs) {
        roll(nowNs);
        return Math.max(lastMaxNs, windowMaxNs) / 1_000_000;
    }

    private void roll(long nowNs) {
        long ageNs = nowNs - windowStartNs;
        if (ageNs >= WINDOW_NS) {
            lastMaxNs = ageNs < 2 * WINDOW_NS ? windowMaxNs : 0;
            windowMaxNs = 0;
            windowStartNs = nowNs;
        }
    }
}
