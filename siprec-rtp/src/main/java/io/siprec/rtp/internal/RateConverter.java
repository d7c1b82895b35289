package io.siprec.rtp.internal;

/**
 * Brings decoded audio to the rate of a file whose rate a former codec has set: straight lines between samples upwards, means
 * downwards. One for each decoder.
 */
final class RateConverter {
    private final int up;
    private final int down;
    private short last;

    private RateConverter(int up, int down) {
        this.up = up;
        this.down = down;
    }

    /** Null when neither rate divides the other. */
    static RateConverter between(int fromHz, int toHz) {
        if (toHz % fromHz == 0) {
            return new RateConverter(toHz / fromHz, 1);
        }
        return fromHz % toHz == 0 ? new RateConverter(1, fromHz / toHz) : null;
    }

    /** Converts {@code length} samples where they stand; how many they are now, or -1 when there is no room. */
    int convert(short[] pcm, int length) {
        if (up > 1) {
            return length * up > pcm.length ? -1 : stretch(pcm, length);
        }
        return down > 1 ? shrink(pcm, length) : length;
    }

    private int stretch(short[] pcm, int length) {
        short newest = length > 0 ? pcm[length - 1] : last;
        for (int i = length - 1; i >= 0; i--) { // from the end, so that nothing is overwritten before it was read
            int sample = pcm[i];
            int before = i > 0 ? pcm[i - 1] : last;
            for (int k = up; k >= 1; k--) {
                pcm[i * up + k - 1] = (short) (before + (sample - before) * k / up);
            }
        }
        last = newest;
        return length * up;
    }

    private int shrink(short[] pcm, int length) {
        int shorter = length / down;
        for (int i = 0; i < shorter; i++) {
            int sum = 0;
            for (int k = 0; k < down; k++) {
                sum += pcm[i * down + k];
            }
            pcm[i] = (short) (sum / down);
        }
        return shorter;
    }
}
