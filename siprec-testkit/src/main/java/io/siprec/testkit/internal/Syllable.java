package io.siprec.testkit.internal;

import io.siprec.testkit.AudioSources;

/** A hiss, or none, and a vowel: the harmonics of a pitch, louder near the vowel's formants. */
final class Syllable {
    private static final int[][] FORMANTS_HZ = {
        {730, 1090, 2440}, {530, 1840, 2480}, {270, 2290, 3010}, {570, 840, 2410}, {300, 870, 2240},
    };
    private static final double[] FORMANT_LEVELS = {1, 0.6, 0.3};
    private static final double FORMANT_WIDTH_HZ = 90;
    private static final int HIGHEST_HZ = 3400;

    private final long seed;
    private final int samples;
    private final int hissSamples;
    private final double loudness;
    private final double pitchHz;
    private final double[] harmonics;

    Syllable(long seed, double pitchHz, int samples) {
        this.seed = seed;
        this.samples = samples;
        this.hissSamples = (seed & 1) == 0 ? 0 : samples / 5;
        this.loudness = 0.6 + 0.4 * Samples.fraction(seed, 1);
        this.pitchHz = pitchHz;
        this.harmonics = harmonics(pitchHz, FORMANTS_HZ[(int) Long.remainderUnsigned(seed >>> 1, FORMANTS_HZ.length)]);
    }

    /** The sample at this place, -1 to 1. */
    double at(int place) {
        if (place < hissSamples) {
            double hiss = Samples.fraction(seed, place + 2L) - Samples.fraction(seed, place + 3L);
            return 0.25 * hiss * swell(place, hissSamples);
        }
        return loudness * vowel(place) * swell(place - hissSamples, samples - hissSamples);
    }

    private double vowel(int place) {
        double turns = pitchHz * place / AudioSources.SAMPLE_RATE_HZ;
        double sum = 0;
        for (int i = 0; i < harmonics.length; i++) {
            sum += harmonics[i] * SineTable.at(turns * (i + 1));
        }
        return sum;
    }

    /** From nothing to full and back, without a click. */
    private static double swell(int place, int length) {
        return Math.min(1, 2.5 * SineTable.at(0.5 * place / length));
    }

    /** The level of each harmonic; together they reach 1 at most. */
    private static double[] harmonics(double pitchHz, int[] formantsHz) {
        double[] levels = new double[(int) (HIGHEST_HZ / pitchHz)];
        double sum = 0;
        for (int i = 0; i < levels.length; i++) {
            for (int k = 0; k < formantsHz.length; k++) {
                double away = ((i + 1) * pitchHz - formantsHz[k]) / FORMANT_WIDTH_HZ;
                levels[i] += FORMANT_LEVELS[k] / (1 + away * away);
            }
            sum += levels[i];
        }
        for (int i = 0; i < levels.length; i++) {
            levels[i] /= sum;
        }
        return levels;
    }
}
