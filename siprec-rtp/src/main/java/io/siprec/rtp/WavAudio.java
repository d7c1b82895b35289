package io.siprec.rtp;

import io.siprec.rtp.internal.WavReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The audio of a WAV file.
 *
 * @param sampleRateHz samples per second and channel
 * @param channels at least 1
 * @param samples 16-bit, interleaved; the array is not copied
 */
public record WavAudio(int sampleRateHz, int channels, short[] samples) {
    /** Checks what can be checked. */
    public WavAudio {
        Objects.requireNonNull(samples, "samples");
        if (sampleRateHz < 1 || channels < 1) {
            throw new IllegalArgumentException(sampleRateHz + " Hz, " + channels + " channels");
        }
    }

    /**
     * Reads a file of 16-bit PCM, mu-law or A-law. A file that is shorter than its header says gives what is there.
     *
     * @throws IOException when it can't be read, is no such file, or is over 1 GiB
     */
    public static WavAudio read(Path file) throws IOException {
        return WavReader.read(file);
    }

    /** The samples of one channel, from 0. */
    public short[] channel(int index) {
        Objects.checkIndex(index, channels);
        short[] one = new short[samples.length / channels];
        for (int i = 0; i < one.length; i++) {
            one[i] = samples[i * channels + index];
        }
        return one;
    }
}
