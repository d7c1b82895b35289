package io.siprec.rtp.codec;

/**
 * One sub-band of G.722: the adaptive quantizer's scale and the predictor of two poles and six zeros (ITU-T G.722 §3.5, §3.6).
 * Decoder and encoder run the same one. The names are those of the recommendation.
 */
final class G722Band {
    /** Scale factors by the lowest bits of the logarithmic one. */
    private static final int[] ILB = {
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834, 2896, 2960,
        3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008
    };

    private static final int[] LOW_STEPS = {
        -60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60
    };
    private static final int[] HIGH_STEPS = {798, -214, 798, -214};
    private static final int[] LOW_LEVELS = {
        0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0
    };
    private static final int[] HIGH_LEVELS = {-7408, -1616, 7408, 1616};
    private static final int ZEROS = 6;

    private final int[] levels;
    private final int[] steps;
    private final int maxNb;
    private final int shift;

    private int nb; // logarithm of the scale
    private int det; // the scale
    private int a1; // the poles' coefficients
    private int a2;
    private int r1; // the last reconstructed signal
    private int p1; // and the last two partially reconstructed ones
    private int p2;
    private final int[] b = new int[ZEROS]; // the zeros' coefficients
    private final int[] d = new int[ZEROS]; // the last quantized differences, newest first
    private int sz;
    private int s;

    private G722Band(int[] levels, int[] steps, int maxNb, int shift, int det) {
        this.levels = levels;
        this.steps = steps;
        this.maxNb = maxNb;
        this.shift = shift;
        this.det = det;
    }

    /** Up to 4 kHz; its codes have 4 bits for the adaptation. */
    static G722Band low() {
        return new G722Band(LOW_LEVELS, LOW_STEPS, 18_432, 8, 32);
    }

    /** Above 4 kHz; its codes have 2 bits. */
    static G722Band high() {
        return new G722Band(HIGH_LEVELS, HIGH_STEPS, 22_528, 10, 8);
    }

    /** The scale of the next difference. */
    int det() {
        return det;
    }

    /** The predicted signal. */
    int s() {
        return s;
    }

    /** The signal that a level of the quantizer stands for, limited to 15 bits. */
    int reconstructed(int level) {
        return Math.max(-16_384, Math.min(16_383, s + (det * level >> 15)));
    }

    /** That of the upper band, whose code has all the precision that there is. */
    int reconstructedByCode(int code) {
        return reconstructed(levels[code]);
    }

    /** Moves on by one code: what both sides know of the difference. */
    void adapt(int code) {
        int difference = det * levels[code] >> 15;
        nb = Math.max(0, Math.min(maxNb, (nb * 127 >> 7) + steps[code]));
        int exponent = shift - (nb >> 11);
        int mantissa = ILB[nb >> 6 & 31];
        det = (exponent < 0 ? mantissa << -exponent : mantissa >> exponent) << 2;
        predict(difference);
    }

    private void predict(int difference) {
        int r = saturate(s + difference);
        int p = saturate(sz + difference);
        adaptPoles(p);
        adaptZeros(difference);
        int sp = saturate((a1 * saturate(2 * r) >> 15) + (a2 * saturate(2 * r1) >> 15));
        r1 = r;
        p2 = p1;
        p1 = p;
        int sum = 0;
        for (int i = ZEROS - 1; i >= 0; i--) {
            sum += b[i] * saturate(2 * d[i]) >> 15;
        }
        sz = saturate(sum);
        s = saturate(sp + sz);
    }

    private void adaptPoles(int p) {
        boolean same1 = p < 0 == p1 < 0;
        boolean same2 = p < 0 == p2 < 0;
        int push = saturate(a1 << 2);
        push = Math.min(32_767, same1 ? -push : push) >> 7;
        a2 = Math.max(-12_288, Math.min(12_288, push + (same2 ? 128 : -128) + (a2 * 32_512 >> 15)));
        int limit = saturate(15_360 - a2);
        a1 = Math.max(-limit, Math.min(limit, saturate((same1 ? 192 : -192) + (a1 * 32_640 >> 15))));
    }

    private void adaptZeros(int difference) {
        int step = difference == 0 ? 0 : 128;
        for (int i = 0; i < ZEROS; i++) {
            boolean same = d[i] < 0 == difference < 0;
            b[i] = saturate((same ? step : -step) + (b[i] * 32_640 >> 15));
        }
        System.arraycopy(d, 0, d, 1, ZEROS - 1);
        d[0] = difference;
    }

    static int saturate(int value) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }
}
