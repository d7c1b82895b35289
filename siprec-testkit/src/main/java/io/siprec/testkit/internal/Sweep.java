package io.siprec.testkit.internal;

import io.siprec.testkit.AudioSource;
import io.siprec.testkit.AudioSources;
import java.util.OptionalLong;

/** A sine wave whose frequency rises evenly, then starts again. */
public final class Sweep implements AudioSource {
    private final double fromHz;
    private final double toHz;
    private final int periodSamples;
    private final double peak;

    /**
     * @param periodSamples samples of one rise
     * @param amplitude 0 to 1
     */
    public Sweep(double fromHz, double toHz, int periodSamples, double amplitude) {
        this.fromHz = fromHz;
        this.toHz = toHz;
        this.periodSamples = periodSamples;
        this.peak = Samples.peak(amplitude);
    }

    @Override
    public int sampleRateHz() {
        return AudioSources.SAMPLE_RATE_HZ;
    }

    @Override
    public void read(long firstSample, short[] into, int offset, int length) {
        double rise = (toHz - fromHz) / (2.0 * periodSamples);
        for (int i = 0; i < length; i++) {
            long n = (firstSample + i) % periodSamples;
            into[offset + i] = (short) (peak * SineTable.at((fromHz + rise * n) * n / AudioSources.SAMPLE_RATE_HZ));
        }
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public String description() {
        return "sweep";
    }
}
