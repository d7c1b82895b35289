package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.rtp.WavMix.Input;
import io.siprec.rtp.WavMix.Layout;
import io.siprec.rtp.internal.WavFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavMixTest {
    @TempDir
    private Path directory;

    private Path file(String name, int rateHz, short... samples) throws IOException {
        return WavFiles.write(directory.resolve(name), rateHz, samples);
    }

    private WavAudio mix(Layout layout, Input... inputs) throws IOException {
        Path mix = directory.resolve("mix.wav");
        WavMix.write(mix, layout, List.of(inputs));
        assertThat(directory.resolve("mix.wav.part")).doesNotExist();
        return WavAudio.read(mix);
    }

    private static Input at(Path file, int delayMs) {
        return new Input(file, Duration.ofMillis(delayMs));
    }

    @Test
    void streamsTakeTurnsOnTheChannels() throws IOException {
        Path one = file("1.wav", 8_000, (short) 1, (short) 2, (short) 3);
        Path two = file("2.wav", 8_000, (short) 10);
        Path three = file("3.wav", 8_000, (short) 100, (short) 200);
        WavAudio stereo = mix(Layout.STEREO, at(one, 0), at(two, 0), at(three, 0));
        assertThat(stereo.channels()).isEqualTo(2);
        assertThat(stereo.channel(0)).containsExactly(101, 202, 3);
        assertThat(stereo.channel(1)).containsExactly(10, 0, 0);
        WavAudio mono = mix(Layout.MONO, at(one, 0), at(two, 0), at(three, 0));
        assertThat(mono.samples()).containsExactly(111, 202, 3);
    }

    @Test
    void loudnessIsLimitedAndDelaysAreKept() throws IOException {
        Path loud = file("l.wav", 8_000, (short) 30_000, (short) -30_000);
        assertThat(mix(Layout.MONO, at(loud, 0), at(loud, 0)).samples()).containsExactly(32_767, -32_768);
        short[] delayed = mix(Layout.MONO, at(loud, 5), at(loud, -1_995)).samples();
        assertThat(delayed).hasSize(16_002);
        assertThat(delayed[0]).isEqualTo((short) 30_000);
        assertThat(delayed[15_999]).isZero();
        assertThat(delayed[16_000]).isEqualTo((short) 30_000);
    }

    @Test
    void lowerRatesAreBroughtToTheHighest() throws IOException {
        Path low = file("l.wav", 8_000, (short) 40, (short) 80, (short) 0);
        Path high = file("h.wav", 16_000, (short) 1);
        WavAudio mixed = mix(Layout.STEREO, at(low, 0), at(high, 0));
        assertThat(mixed.sampleRateHz()).isEqualTo(16_000);
        assertThat(mixed.channel(0)).as("straight lines").containsExactly(20, 40, 60, 80, 40, 0);
        Path odd = file("o.wav", 11_025, (short) 1);
        assertThatThrownBy(() -> mix(Layout.MONO, at(odd, 0), at(high, 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("11025 Hz don't divide 16000 Hz");
        assertThat(directory.resolve("mix.wav.part")).doesNotExist();
    }

    @Test
    void longFilesAreMixedInPiecesToTheSample() throws IOException {
        Random random = new Random(5);
        short[] one = new short[100_003];
        short[] two = new short[50_002];
        for (int i = 0; i < one.length; i++) {
            one[i] = (short) (random.nextInt(20_000) - 10_000);
            two[i / 2] = one[i];
        }
        WavAudio mixed = mix(Layout.STEREO, at(file("1.wav", 16_000, one), 0), at(file("2.wav", 8_000, two), 3));
        short[] right = mixed.channel(1);
        assertThat(mixed.channel(0)).startsWith(one);
        for (int i = 0; i < two.length; i++) {
            assertThat(right[48 + 2 * i + 1]).isEqualTo(two[i]);
        }
    }

    @Test
    void whatCannotBeReadIsTold() throws IOException {
        Path text = Files.writeString(directory.resolve("t.wav"), "RIFF, they said, and then came something else");
        assertThatThrownBy(() -> mix(Layout.MONO, at(text, 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("t.wav");
        assertThatThrownBy(() -> mix(Layout.MONO, at(directory.resolve("none"), 0)))
                .isInstanceOf(IOException.class);
        assertThat(mix(Layout.MONO).samples()).as("nothing to mix").isEmpty();
    }
}
