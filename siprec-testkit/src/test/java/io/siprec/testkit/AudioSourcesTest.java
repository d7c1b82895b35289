package io.siprec.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AudioSourcesTest {
    static Stream<Arguments> generators() {
        return Stream.of(
                Arguments.of("tone", AudioSources.tone(440, 0.5), 125_644_801),
                Arguments.of("sweep", AudioSources.sweep(), -841_059_983),
                Arguments.of("noise", AudioSources.noise(7), -1_773_955_282),
                Arguments.of("speech", AudioSources.speechLike(7), 1_819_278_382));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("generators")
    void everySampleIsTheSameOnEveryMachine(String name, AudioSource source, int hash) {
        assertThat(Arrays.hashCode(samples(source, 0, 40_000))).isEqualTo(hash);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("generators")
    void anyPartCanBeReadByItself(String name, AudioSource source, int hash) {
        short[] whole = samples(source, 0, 40_000);
        for (int start : new int[] {0, 1, 159, 1599, 1600, 1601, 22_399, 39_999}) {
            int length = Math.min(333, whole.length - start);
            assertThat(samples(source, start, length))
                    .as("from %d", start)
                    .isEqualTo(Arrays.copyOfRange(whole, start, start + length));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("generators")
    void audioIsAudibleAndNotClipped(String name, AudioSource source, int hash) {
        short[] samples = samples(source, 0, 40_000);
        int peak = 0;
        for (short sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        assertThat(peak).isBetween(4_000, 32_000);
    }

    @ParameterizedTest(name = "{0} Hz crosses zero upwards {1} times a second")
    @CsvSource({"100, 100", "440, 440", "1000, 1000", "3400, 3400"})
    void toneHasItsFrequency(double hz, int crossings) {
        short[] second = samples(AudioSources.tone(hz, 0.9), 0, 8001);
        int found = 0;
        for (int i = 1; i < second.length; i++) {
            if (second[i - 1] < 0 && second[i] >= 0) {
                found++;
            }
        }
        assertThat(found).isBetween(crossings - 1, crossings + 1);
    }

    @Test
    void otherSeedsGiveOtherAudio() {
        assertThat(samples(AudioSources.noise(1), 0, 800)).isNotEqualTo(samples(AudioSources.noise(2), 0, 800));
        assertThat(RecordingCheck.find(samples(AudioSources.noise(1), 100, 50), samples(AudioSources.noise(2), 0, 8000))
                        .complete())
                .isFalse();
        assertThat(samples(AudioSources.speechLike(1), 0, 8000))
                .isNotEqualTo(samples(AudioSources.speechLike(2), 0, 8000));
    }

    @Test
    void speechSpeaksAtOnceAndPauses() {
        short[] speech = samples(AudioSources.speechLike(3), 0, 8000 * 6);
        int longestPause = 0;
        int pause = 0;
        for (short sample : speech) {
            pause = sample == 0 ? pause + 1 : 0;
            longestPause = Math.max(longestPause, pause);
        }
        assertThat(longestPause).isGreaterThan(8000 / 2);
        assertThat(Arrays.equals(Arrays.copyOf(speech, 800), new short[800])).isFalse();
    }

    @Test
    void samplesOfAnArrayComeOnceThenSilence() {
        short[] samples = {1, 2, 3};
        AudioSource source = AudioSources.pcm(samples);
        samples[0] = 9;
        assertThat(samples(source, 0, 5)).containsExactly(1, 2, 3, 0, 0);
        assertThat(samples(source, 2, 3)).containsExactly(3, 0, 0);
        assertThat(samples(source, 3_000_000_000L, 2)).containsExactly(0, 0);
        assertThat(source.length()).hasValue(3);
    }

    @ParameterizedTest(name = "{0} Hz, amplitude {1}")
    @CsvSource({"0, 0.5", "-1, 0.5", "4001, 0.5", "NaN, 0.5", "440, 1.01", "440, -0.1", "440, NaN"})
    void toneThatCannotBeIsRefused(double hz, double amplitude) {
        assertThatIllegalArgumentException().isThrownBy(() -> AudioSources.tone(hz, amplitude));
    }

    @Test
    void wavGivesItsFirstChannelAtItsOwnRate(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("stereo.wav");
        Files.write(file, wav(16_000, 2, new short[] {1, -1, 2, -2, 3, -3}));
        AudioSource source = AudioSources.wav(file);
        assertThat(source.sampleRateHz()).isEqualTo(16_000);
        assertThat(source.length()).hasValue(3);
        assertThat(source.description()).isEqualTo("stereo.wav");
        assertThat(samples(source, 0, 4)).containsExactly(1, 2, 3, 0);
    }

    @Test
    void fileThatIsNoWavIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("text.wav"), "no audio in here");
        assertThatThrownBy(() -> AudioSources.wav(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("text.wav");
    }

    private static short[] samples(AudioSource source, long first, int length) {
        short[] samples = new short[length + 2];
        Arrays.fill(samples, (short) 0x7ABC);
        source.read(first, samples, 1, length);
        assertThat(samples[0]).isEqualTo(samples[length + 1]).isEqualTo((short) 0x7ABC);
        return Arrays.copyOfRange(samples, 1, length + 1);
    }

    private static byte[] wav(int rateHz, int channels, short[] samples) {
        int dataBytes = 2 * samples.length;
        ByteBuffer out = ByteBuffer.allocate(44 + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + dataBytes);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        out.putShort((short) 1).putShort((short) channels).putInt(rateHz);
        out.putInt(rateHz * channels * 2).putShort((short) (channels * 2)).putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
        for (short sample : samples) {
            out.putShort(sample);
        }
        return out.array();
    }
}
