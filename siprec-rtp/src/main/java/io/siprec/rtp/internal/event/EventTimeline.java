package io.siprec.rtp.internal.event;

import java.time.Duration;

/** Where telephone events lie in a recording. Loop thread only. */
public interface EventTimeline {
    /** The place of an event that has none as yet. */
    long NOWHERE = Long.MIN_VALUE / 2;

    /** Samples of a second. */
    int sampleRateHz();

    /**
     * The sample of a timestamp by the clock of the audio, or {@link #NOWHERE} where that has another rate, shows a time that is far
     * from {@code nowNanos}, or isn't known.
     *
     * @param timestamp 32 bits, of a clock of {@code clockRateHz}
     */
    long sampleOf(long timestamp, int clockRateHz, long nowNanos);

    /** The sample of an arrival, or {@link #NOWHERE} before the first audio. */
    long sampleOfArrival(long nanos);

    /** Where a sample lies, from the origin of the recording. */
    Duration offsetOf(long sample);

    /** Where an arrival lies, from the origin of the recording; zero before there is one. */
    Duration offsetOfArrival(long nanos);

    /** Makes what has come of [from, to) silent wherever it is by now. */
    void silence(long from, long to);
}
