package io.siprec.sip.internal.loop;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** A log that peers can't fill: some lines a minute, then one that says how many were left out. */
public final class LimitedLog {
    private static final long WINDOW_NS = 60_000_000_000L;
    private static final int LINES = 10;

    private final Logger log;
    private final LongSupplier clock;
    private long windowStartNs;
    private int lines;
    private long leftOut;

    /** A log on a clock in nanoseconds. Loop thread only. */
    public LimitedLog(Logger log, LongSupplier clock) {
        this.log = log;
        this.clock = clock;
        this.windowStartNs = clock.getAsLong();
    }

    /** Writes the line, or counts it. */
    public void write(Level level, String format, Object... arguments) {
        long now = clock.getAsLong();
        if (now - windowStartNs >= WINDOW_NS) {
            if (leftOut > 0) {
                log.atLevel(level).log("{} more lines were left out", leftOut);
            }
            windowStartNs = now;
            lines = 0;
            leftOut = 0;
        }
        if (lines == LINES) {
            leftOut++;
            return;
        }
        lines++;
        log.atLevel(level).log(format, arguments);
    }
}
