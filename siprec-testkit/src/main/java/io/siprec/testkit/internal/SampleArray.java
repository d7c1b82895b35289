package io.siprec.testkit.internal;

import io.siprec.testkit.AudioSource;
import java.util.Arrays;
import java.util.OptionalLong;

/** Samples in memory, played once. */
public final class SampleArray implements AudioSource {
    private final short[] samples;
    private final int sampleRateHz;
    private final String description;

    /** @param samples kept, not copied */
    public SampleArray(short[] samples, int sampleRateHz, String description) {
        this.samples = samples;
        this.sampleRateHz = sampleRateHz;
        this.description = description;
    }

    @Override
    public int sampleRateHz() {
        return sampleRateHz;
    }

    @Override
    public void read(long firstSample, short[] into, int offset, int length) {
        int there = (int) Math.max(0, Math.min(length, samples.length - firstSample));
        if (there > 0) {
            System.arraycopy(samples, (int) firstSample, into, offset, there);
        }
        Arrays.fill(into, offset + there, offset + length, (short) 0);
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(samples.length);
    }

    @Override
    public String description() {
        return description;
    }
}
