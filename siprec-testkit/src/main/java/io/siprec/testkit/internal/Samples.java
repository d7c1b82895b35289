package io.siprec.testkit.internal;

/** What the generators share: levels, and numbers that look random but belong to a place. */
final class Samples {
    private Samples() {}

    /** The highest sample of a signal with an amplitude of 0 to 1. */
    static double peak(double amplitude) {
        if (!(amplitude >= 0 && amplitude <= 1)) {
            throw new IllegalArgumentException("an amplitude is 0 to 1, was " + amplitude);
        }
        return amplitude * Short.MAX_VALUE;
    }

    /** A well-mixed number for each place of each seed (the finaliser of SplitMix64). */
    static long hash(long seed, long place) {
        long z = seed + place * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** The same as a fraction: at least 0, below 1. */
    static double fraction(long seed, long place) {
        return (hash(seed, place) >>> 11) * 0x1.0p-53;
    }
}
