package io.siprec.testkit;

import java.util.OptionalLong;

/**
 * Audio in which every sample has a place: what was sent can be computed again and compared sample by sample. A source
 * has no state that a read changes, so any thread may read any part at any time.
 */
public interface AudioSource {
    /** Samples a second. */
    int sampleRateHz();

    /**
     * Writes the samples {@code firstSample .. firstSample + length - 1} into {@code into}, from {@code offset} on. Past
     * the end there is silence.
     *
     * @param firstSample not negative
     */
    void read(long firstSample, short[] into, int offset, int length);

    /** Samples until the end; empty where it goes on for ever. */
    OptionalLong length();

    /** What it is, for a report: "tone 440 Hz". */
    String description();
}
