package io.siprec.server;

import io.siprec.rtp.WavAudio;

/** How alike a recording is to what was said, where a codec in between keeps the samples from being the same. */
final class Similarity {
    private static final int SPOKEN_RATE_HZ = 8_000;
    private static final int MAX_LAG_MS = 150;

    private final short[] spoken; // at 8 kHz
    private final short[] recorded;
    private final int step; // recorded samples for each that was spoken

    private int lag; // of the best place, in recorded samples
    private double correlation;

    private Similarity(short[] spoken, short[] recorded, int rateHz) {
        this.spoken = spoken;
        this.recorded = recorded;
        this.step = rateHz / SPOKEN_RATE_HZ;
    }

    /** Of a recording whose audio begins at {@code from}. */
    static Similarity of(short[] spoken, WavAudio recorded, int from) {
        Similarity similarity = new Similarity(spoken, recorded.samples(), recorded.sampleRateHz());
        int most = MAX_LAG_MS * recorded.sampleRateHz() / 1_000;
        for (int lag = Math.max(0, from - most); lag <= from + most; lag++) {
            double here = similarity.correlationAt(lag);
            if (here > similarity.correlation) {
                similarity.correlation = here;
                similarity.lag = lag;
            }
        }
        return similarity;
    }

    private double correlationAt(int from) {
        double both = 0;
        double ofSpoken = 0;
        double ofRecorded = 0;
        for (int i = 0; i < spoken.length && from + i * step < recorded.length; i++) {
            double heard = recorded[from + i * step];
            both += spoken[i] * heard;
            ofSpoken += (double) spoken[i] * spoken[i];
            ofRecorded += heard * heard;
        }
        return both / Math.sqrt(Math.max(1, ofSpoken * ofRecorded));
    }

    /** -1 to 1; 1 for the same at any level. */
    double correlation() {
        return correlation;
    }

    /** Where in the recording what was said begins, in milliseconds. */
    double beginMs() {
        return 1_000.0 * lag / (step * SPOKEN_RATE_HZ);
    }

    /** How much louder the recording is, in dB. */
    double gainDb() {
        double ofSpoken = 0;
        double ofRecorded = 0;
        for (int i = 0; i < spoken.length && lag + i * step < recorded.length; i++) {
            ofSpoken += (double) spoken[i] * spoken[i];
            ofRecorded += (double) recorded[lag + i * step] * recorded[lag + i * step];
        }
        return 10 * Math.log10(ofRecorded / ofSpoken);
    }

    /** Of the power of some samples, how much lies at one frequency: 1 for a pure tone. */
    static double shareOfTone(short[] samples, int from, int length, double hz, int rateHz) {
        double sine = 0;
        double cosine = 0;
        double power = 0;
        for (int i = from; i < from + length; i++) {
            double phase = 2 * Math.PI * hz * i / rateHz;
            sine += samples[i] * Math.sin(phase);
            cosine += samples[i] * Math.cos(phase);
            power += (double) samples[i] * samples[i];
        }
        return 2 * (sine * sine + cosine * cosine) / (length * Math.max(1, power));
    }
}
