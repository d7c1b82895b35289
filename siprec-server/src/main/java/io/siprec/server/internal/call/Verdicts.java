package io.siprec.server.internal.call;

import io.siprec.rtp.Completeness;
import io.siprec.rtp.Gap;
import io.siprec.server.RecordingStatistics;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Adds up the verdicts on recordings. Thread-safe. */
public final class Verdicts {
    private final Map<Gap.Cause, Duration> missing = new EnumMap<>(Gap.Cause.class); // guarded by this, as is the rest
    private long complete;
    private long incomplete;

    synchronized void add(Completeness verdict) {
        if (verdict.complete()) {
            complete++;
        } else {
            incomplete++;
        }
        verdict.missing().forEach((cause, span) -> missing.merge(cause, span, Duration::plus));
    }

    /** So far. */
    public synchronized RecordingStatistics statistics() {
        return new RecordingStatistics(complete, incomplete, missing);
    }
}
