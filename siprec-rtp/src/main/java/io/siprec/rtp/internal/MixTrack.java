package io.siprec.rtp.internal;

import java.io.IOException;
import java.nio.file.Path;

/** One input of a mix, delayed and brought to the rate of the mix by straight lines between its samples. */
final class MixTrack {
    private static final int PIECE_SAMPLES = 8_192;

    private final WavInput input;
    private final int factor;
    private final short[] pcm = new short[PIECE_SAMPLES];
    private long silence; // samples of the mix before the first
    private int read;
    private int next; // in pcm
    private int phase; // between last and current
    private short last;
    private short current;

    MixTrack(Path path, WavInput input, int rateHz, long delaySamples) throws IOException {
        if (rateHz % input.sampleRateHz() != 0) {
            throw new IOException(
                    path + ": " + input.sampleRateHz() + " Hz don't divide " + rateHz + " Hz: they can't be mixed");
        }
        this.input = input;
        this.factor = rateHz / input.sampleRateHz();
        this.silence = delaySamples;
    }

    /** Adds its next samples to one channel; how many of {@code max} it had, those of its delay included. */
    int add(int[] sums, int channel, int channels, int max) throws IOException {
        int at = (int) Math.min(silence, max);
        silence -= at;
        while (at < max && (phase > 0 || advance())) {
            phase++;
            sums[channel + at * channels] += last + (current - last) * phase / factor;
            phase %= factor;
            at++;
        }
        return at;
    }

    private boolean advance() throws IOException {
        if (next == read) {
            read = input.read(pcm, pcm.length);
            next = 0;
        }
        if (read == 0) {
            return false;
        }
        last = current;
        current = pcm[next++];
        return true;
    }
}
