package io.siprec.rtp.codec;

/** The quadrature mirror filter that splits 16 kHz into two sub-bands and joins them again (ITU-T G.722 §3.1, §4.4). */
final class G722Filter {
    /** Every other one of 24 coefficients; the rest are the same in reverse. */
    private static final int[] TAPS = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};

    private static final int HISTORY = 2 * TAPS.length;
    private static final int ROOM = 64 * HISTORY; // moved back to its start that seldom

    private final int[] samples = new int[ROOM];
    private int end = HISTORY - 2; // room for nothing but zeros before the first samples
    private int even;
    private int odd;

    /** Takes two samples and filters. */
    void put(int first, int second) {
        if (end == ROOM) {
            System.arraycopy(samples, ROOM - HISTORY + 2, samples, 0, HISTORY - 2);
            end = HISTORY - 2;
        }
        samples[end++] = first;
        samples[end++] = second;
        int start = end - HISTORY;
        even = 0;
        odd = 0;
        for (int i = 0; i < TAPS.length; i++) {
            even += samples[start + 2 * i] * TAPS[i];
            odd += samples[start + 2 * i + 1] * TAPS[TAPS.length - 1 - i];
        }
    }

    /** The sum over the even places. */
    int even() {
        return even;
    }

    /** The sum over the odd places. */
    int odd() {
        return odd;
    }
}
