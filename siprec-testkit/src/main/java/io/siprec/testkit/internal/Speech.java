package io.siprec.testkit.internal;

import io.siprec.testkit.AudioSource;
import io.siprec.testkit.AudioSources;
import java.util.OptionalLong;

/**
 * A voice without words. Time is cut into syllables, syllables into phrases with a pause after each; what a syllable is
 * made of follows from the seed and its number alone, so any part can be computed by itself.
 */
public final class Speech implements AudioSource {
    private static final int SYLLABLE_SAMPLES = AudioSources.SAMPLE_RATE_HZ / 5;
    private static final int PHRASE_SYLLABLES = 14;
    private static final double LEVEL = 0.6 * Short.MAX_VALUE;

    private final long seed;
    private final double voiceHz;

    /** @param seed equal seeds give equal speech; others another voice with another text */
    public Speech(long seed) {
        this.seed = Samples.hash(seed, 2);
        // Neighbouring seeds get a low and a high voice, so that the two legs of a call are told apart at once.
        this.voiceHz = ((seed & 1) == 0 ? 95 : 180) + 40 * Samples.fraction(this.seed, -1);
    }

    @Override
    public int sampleRateHz() {
        return AudioSources.SAMPLE_RATE_HZ;
    }

    @Override
    public void read(long firstSample, short[] into, int offset, int length) {
        int done = 0;
        while (done < length) {
            long number = (firstSample + done) / SYLLABLE_SAMPLES;
            int start = (int) ((firstSample + done) % SYLLABLE_SAMPLES);
            int count = Math.min(length - done, SYLLABLE_SAMPLES - start);
            speak(number, start, into, offset + done, count);
            done += count;
        }
    }

    private void speak(long number, int start, short[] into, int offset, int count) {
        int place = (int) (number % PHRASE_SYLLABLES);
        long spoken = 9 + Math.floorMod(Samples.hash(seed, -2 - number / PHRASE_SYLLABLES), 3L);
        Syllable syllable = place < spoken ? syllable(number, place) : null;
        for (int i = 0; i < count; i++) {
            into[offset + i] = syllable == null ? 0 : (short) (LEVEL * syllable.at(start + i));
        }
    }

    private Syllable syllable(long number, int place) {
        // The voice falls towards the end of a phrase, as voices do.
        double pitchHz = voiceHz * (1.1 - 0.02 * place) * (0.95 + 0.1 * Samples.fraction(seed, 3 * number));
        return new Syllable(Samples.hash(seed, 3 * number + 1), pitchHz, SYLLABLE_SAMPLES);
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public String description() {
        return "speech";
    }
}
