package io.siprec.rtp.internal;

import io.siprec.rtp.StreamStatistics.Listening;

/** When the packets of one stream come: jitter, and how long they were wanted. Loop thread only. */
final class ArrivalMeter {
    private final StreamCounters counters;
    private final Jitter jitter = new Jitter();
    private long anchors; // that the jitter knows of

    private boolean newestKnown; // of this sweep's packets, the one for the jitter
    private long newestTimestamp;
    private long newestDoubtNanos;
    private int newestRateHz;

    private boolean swept;
    private long lastSweepNanos;

    ArrivalMeter(StreamCounters counters) {
        this.counters = counters;
    }

    /** A packet was taken. */
    void received(long nowNanos) {
        if (counters.received++ == 0) {
            counters.firstNanos = nowNanos;
        }
        counters.lastNanos = nowNanos;
    }

    /** The newest packet so far, which may have come by {@code doubtNanos} earlier than the sweep. */
    void newest(long timestamp, int clockRateHz, long doubtNanos) {
        newestKnown = true;
        newestTimestamp = timestamp;
        newestRateHz = clockRateHz;
        newestDoubtNanos = doubtNanos;
    }

    /** What was dropped by intent says nothing of the network. */
    void resume() {
        jitter.restart();
    }

    /** A sweep has ended. */
    void endSweep(long nowNanos) {
        if (newestKnown) {
            newestKnown = false;
            measure(nowNanos);
        }
        if (swept && counters.listening == Listening.RECEIVING) {
            counters.listenedNanos += nowNanos - lastSweepNanos;
        }
        swept = true;
        lastSweepNanos = nowNanos;
    }

    private void measure(long nowNanos) {
        if (anchors != counters.reanchored) {
            anchors = counters.reanchored;
            jitter.restart();
        }
        jitter.sample(nowNanos, newestDoubtNanos, newestTimestamp, newestRateHz);
        counters.jitterNanos = jitter.nanos();
        counters.resolutionNanos = jitter.resolutionNanos();
    }

    int jitterTicks() {
        return jitter.ticks();
    }
}
