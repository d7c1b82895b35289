package io.siprec.testkit.internal;

import io.siprec.testkit.AudioSource;
import io.siprec.testkit.AudioSources;
import java.util.OptionalLong;

/** A sine wave of one frequency. */
public final class Tone implements AudioSource {
    private final double hz;
    private final double peak;

    /**
     * @param hz up to half the sample rate
     * @param amplitude 0 to 1
     */
    public Tone(double hz, double amplitude) {
        if (!(hz > 0 && hz <= AudioSources.SAMPLE_RATE_HZ / 2.0)) {
            throw new IllegalArgumentException("a tone at 8 kHz has up to 4000 Hz, was " + hz);
        }
        this.hz = hz;
        this.peak = Samples.peak(amplitude);
    }

    @Override
    public int sampleRateHz() {
        return AudioSources.SAMPLE_RATE_HZ;
    }

    @Override
    public void read(long firstSample, short[] into, int offset, int length) {
        for (int i = 0; i < length; i++) {
            into[offset + i] = (short) (peak * SineTable.at(hz * (firstSample + i) / AudioSources.SAMPLE_RATE_HZ));
        }
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public String description() {
        return "tone " + (hz == Math.rint(hz) ? String.valueOf((long) hz) : String.valueOf(hz)) + " Hz";
    }
}
