package io.siprec.testkit.internal;

import io.siprec.testkit.AudioSource;
import io.siprec.testkit.AudioSources;
import java.util.OptionalLong;

/** White noise. */
public final class Noise implements AudioSource {
    private final long seed;
    private final double peak;

    /**
     * @param seed equal seeds give equal noise
     * @param amplitude 0 to 1
     */
    public Noise(long seed, double amplitude) {
        // Seeds that are neighbours must not give shifted copies of one another.
        this.seed = Samples.hash(seed, 1);
        this.peak = Samples.peak(amplitude);
    }

    @Override
    public int sampleRateHz() {
        return AudioSources.SAMPLE_RATE_HZ;
    }

    @Override
    public void read(long firstSample, short[] into, int offset, int length) {
        for (int i = 0; i < length; i++) {
            into[offset + i] = (short) (peak * (2 * Samples.fraction(seed, firstSample + i) - 1));
        }
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public String description() {
        return "noise";
    }
}
