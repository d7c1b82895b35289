package io.siprec.testkit.internal;

/** Sines of one period, read by phase. From {@link StrictMath}, so that every machine computes the same samples. */
final class SineTable {
    private static final int SIZE = 1 << 12;
    private static final double[] SINES = sines();

    private SineTable() {}

    /**
     * The sine of a phase.
     *
     * @param turns in whole turns, so 0.25 gives 1; not negative
     */
    static double at(double turns) {
        return SINES[(int) ((turns - Math.floor(turns)) * SIZE) & (SIZE - 1)];
    }

    private static double[] sines() {
        double[] sines = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            sines[i] = StrictMath.sin(2 * Math.PI * i / SIZE);
        }
        return sines;
    }
}
