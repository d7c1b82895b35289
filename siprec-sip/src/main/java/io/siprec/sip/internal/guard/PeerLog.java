package io.siprec.sip.internal.guard;

import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A log of what peers do wrong: at most one line for each source and minute, which says how many were left out before it.
 * One per loop; the count is of all loops.
 */
public final class PeerLog {
    private final Logger log = LoggerFactory.getLogger(PeerLog.class);
    private final GuardState state;
    private final SourceTable.Forgetting forgetting;

    PeerLog(GuardState state, SourceTable.Forgetting forgetting) {
        this.state = state;
        this.forgetting = forgetting;
    }

    /** Writes the line, in which {@code {}} stands for the source, or counts it. */
    public void write(Level level, InetAddress source, String format) {
        String suffix = log.isEnabledForLevel(level) ? suffixIfDue(source) : null;
        if (suffix != null) {
            log.atLevel(level).log(format + suffix, source.getHostAddress());
        }
    }

    /** Writes the line, or counts it. */
    public void write(Level level, InetAddress source, String format, Object... arguments) {
        String suffix = log.isEnabledForLevel(level) ? suffixIfDue(source) : null;
        if (suffix != null) {
            log.atLevel(level).log(format + suffix, arguments);
        }
    }

    /** What the line ends with; null when it is not to be written. */
    private String suffixIfDue(InetAddress source) {
        SourceTable sources = state.sources;
        long nowNs = state.nowNs();
        int place = sources.place(AddressSet.source(source), nowNs, forgetting);
        long next = sources.cells().get(place + SourceTable.LOGGED);
        boolean due = nowNs >= next
                && sources.cells().compareAndSet(place + SourceTable.LOGGED, next, nowNs + LogQuota.WINDOW_NS);
        if (due && state.quota.take(nowNs)) {
            long leftOut = sources.cells().getAndSet(place + SourceTable.LEFT_OUT, 0);
            return suffix(leftOut, state.quota.takeLeftOut());
        }
        if (!due) {
            sources.cells().incrementAndGet(place + SourceTable.LEFT_OUT);
        }
        return null;
    }

    private static String suffix(long leftOut, long others) {
        String own = leftOut == 0 ? "" : " (and " + leftOut + " more of this source since the last line)";
        return others == 0 ? own : own + " (" + others + " lines about other sources left out)";
    }
}
