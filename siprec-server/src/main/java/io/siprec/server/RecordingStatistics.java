package io.siprec.server;

import io.siprec.rtp.Gap;
import java.time.Duration;
import java.util.Map;

/**
 * The verdicts on all recordings that ended since the start.
 *
 * @param complete with all audio that should be there
 * @param incomplete others
 * @param missing of these, what is missing by cause, added up
 */
public record RecordingStatistics(long complete, long incomplete, Map<Gap.Cause, Duration> missing) {
    /** Copies the map. */
    public RecordingStatistics {
        missing = Map.copyOf(missing);
    }
}
