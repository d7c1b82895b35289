package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavAudioTest {
    private static final String RIFF = "52494646 00000000 57415645 ";
    private static final String FMT = "666d7420 10000000 ";
    private static final String DATA = "64617461 ";

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', textBlock = """
        0100 0100 401f0000 803e0000 0200 1000 | 04000000 0100ffff         | 8000 | 1;-1   | PCM
        0100 0200 44ac0000 10b10200 0400 1000 | 04000000 0100ffff         | 44100 | 1;-1  | two channels
        0700 0100 401f0000 401f0000 0100 0800 | 02000000 8000             | 8000 | 32124;-32124 | mu-law
        0600 0100 401f0000 401f0000 0100 0800 | 02000000 d555             | 8000 | 8;-8   | A-law
        0100 0100 401f0000 803e0000 0200 1000 | ffffffff 0100ffff05       | 8000 | 1;-1   | shorter than the header says
        """)
    void reads(String format, String data, int rate, String samples, String why) throws IOException {
        WavAudio audio = WavAudio.read(file(RIFF + FMT + format + DATA + data));
        assertThat(audio.sampleRateHz()).isEqualTo(rate);
        String[] texts = samples.trim().split(";");
        assertThat(audio.samples()).as(why).hasSize(texts.length);
        for (int i = 0; i < texts.length; i++) {
            assertThat(audio.samples()[i]).as(why).isEqualTo(Short.parseShort(texts[i]));
        }
    }

    @Test
    void skipsOtherChunksAndTheirPadding() throws IOException {
        String other = "4c495354 03000000 aabbcc 00 ";
        String pcm = "0100 0100 401f0000 803e0000 0200 1000 ";
        WavAudio audio = WavAudio.read(file(RIFF + other + FMT + pcm + other + DATA + "02000000 0700"));
        assertThat(audio.samples()).containsExactly(7);
    }

    @Test
    void splitsChannels() {
        WavAudio audio = new WavAudio(8_000, 2, new short[] {1, 2, 3, 4});
        assertThat(audio.channel(0)).containsExactly(1, 3);
        assertThat(audio.channel(1)).containsExactly(2, 4);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
        ''                                                                                        | no RIFF header
        4f676753 00000000 00000000                                                                | no RIFF header
        52494646 00000000 41564920                                                                | not WAVE
        52494646 00000000 57415645                                                                | no audio data
        52494646 00000000 57415645 64617461 00000000                                              | data before the format
        52494646 00000000 57415645 666d7420 02000000 0100                                         | format chunk of 2 bytes
        52494646 00000000 57415645 666d7420 10000000 0100 0000 401f0000 803e0000 0200 1000        | 0 channels
        52494646 00000000 57415645 666d7420 10000000 0100 0100 401f0000 803e0000 0300 1800 64617461 00000000 | 24 bits
        """)
    void refuses(String octets, String why) throws IOException {
        Path file = file(octets);
        assertThatThrownBy(() -> WavAudio.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(file.toString());
    }

    private Path file(String octets) throws IOException {
        return Files.write(directory.resolve("a.wav"), HexFormat.of().parseHex(octets.replace(" ", "")));
    }
}
