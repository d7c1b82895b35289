package io.siprec.testkit;

import io.siprec.rtp.WavAudio;
import io.siprec.testkit.internal.Noise;
import io.siprec.testkit.internal.SampleArray;
import io.siprec.testkit.internal.Speech;
import io.siprec.testkit.internal.Sweep;
import io.siprec.testkit.internal.Tone;
import java.io.IOException;
import java.nio.file.Path;

/** Built-in audio at 8 kHz, the same on every machine, and audio from files. */
public final class AudioSources {
    /** The rate of all generated audio, that of G.711 (RFC 3551 §4.5.14). */
    public static final int SAMPLE_RATE_HZ = 8000;

    private AudioSources() {}

    /**
     * A sine wave.
     *
     * @param amplitude of the peak, 0 to 1
     */
    public static AudioSource tone(double hz, double amplitude) {
        return new Tone(hz, amplitude);
    }

    /** A sine wave that rises from 200 to 3,400 Hz in five seconds, again and again. */
    public static AudioSource sweep() {
        return new Sweep(200, 3400, 5 * SAMPLE_RATE_HZ, 0.5);
    }

    /** White noise: no two places are alike, so a sample out of place is always noticed. */
    public static AudioSource noise(long seed) {
        return new Noise(seed, 0.5);
    }

    /** A voice without words: syllables of vowels and hisses, phrases, pauses. Each seed has its own pitch and text. */
    public static AudioSource speechLike(long seed) {
        return new Speech(seed);
    }

    /** These samples at 8 kHz, once. */
    public static AudioSource pcm(short[] samples) {
        return new SampleArray(samples.clone(), SAMPLE_RATE_HZ, "samples");
    }

    /**
     * The first channel of a WAV file, at the file's own rate.
     *
     * @throws IOException when the file can't be read or is no WAV file of a kind that is understood
     */
    public static AudioSource wav(Path file) throws IOException {
        WavAudio audio = WavAudio.read(file);
        return new SampleArray(audio.channel(0), audio.sampleRateHz(), String.valueOf(file.getFileName()));
    }
}
