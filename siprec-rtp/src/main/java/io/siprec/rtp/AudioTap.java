package io.siprec.rtp;

import io.siprec.rtp.internal.tap.Tap;

/** The audio of one stream on its way to a sink, while it is being recorded. Thread-safe. */
public final class AudioTap implements AutoCloseable {
    private final Tap tap;

    AudioTap(Tap tap) {
        this.tap = tap;
    }

    /** What went through it so far. */
    public TapStatistics statistics() {
        return tap.statistics();
    }

    /** Ends it: after a call of the sink that is under way no other follows, {@code onEnd} neither. Idempotent. */
    @Override
    public void close() {
        tap.close();
    }
}
