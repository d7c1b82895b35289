package io.siprec.rtp.internal;

/** Tells whether samples are digital silence. Speech is told by its first samples, so that the test costs next to nothing. */
final class DigitalSilence {
    /** The smallest values of A-law: it has no zero. */
    private static final int THRESHOLD = 8;

    private DigitalSilence() {}

    /** True when no sample is beyond the threshold, or all are the same. */
    static boolean in(short[] pcm, int length) {
        short first = pcm[0];
        int i = 0;
        while (i < length && pcm[i] == first) {
            i++;
        }
        if (i == length) {
            return true;
        }
        for (int k = 0; k < length; k++) {
            if (pcm[k] > THRESHOLD || pcm[k] < -THRESHOLD) {
                return false;
            }
        }
        return true;
    }
}
