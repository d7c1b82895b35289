package io.siprec.rtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.RecordingFormat;
import io.siprec.rtp.WavRepair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavLayoutTest {
    @ParameterizedTest(name = "{0} that begins with {1} at {2} Hz: {3}")
    @CsvSource({
        "WAV, PCMU, 8000, PCM16",
        "WAV_G711, PCMU, 8000, ULAW",
        "WAV_G711, pcma, 8000, ALAW",
        "WAV_G711, G722, 16000, PCM16"
    })
    void theFormatFollowsTheFirstAudio(RecordingFormat format, String first, int rateHz, WavLayout.Encoding encoding) {
        assertThat(WavLayout.mono(format, new AudioFormat(96, first, 8_000), rateHz))
                .isEqualTo(new WavLayout(encoding, 1, rateHz));
    }

    @Test
    void filesOverFourGibibytesAreReadToTheirEnd(@TempDir Path directory) throws IOException {
        Path file = WavFiles.write(directory.resolve("long.wav"), 8_000, (short) 1, (short) 2);
        long samples = (1L << 31) + 5;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) { // sparse
            channel.write(ByteBuffer.wrap(new byte[] {7, 7}), 80 + 2 * (samples - 1));
        }
        WavRepair.repair(file);
        try (WavInput input = WavInput.open(file)) {
            short[] pcm = new short[10];
            assertThat(input.left()).isEqualTo(samples);
            assertThat(input.read(pcm, 3)).isEqualTo(3);
            assertThat(Arrays.copyOf(pcm, 3)).containsExactly(1, 2, 0);
            input.skip(samples - 5);
            assertThat(input.read(pcm, 10)).isEqualTo(2);
            assertThat(Arrays.copyOf(pcm, 2)).containsExactly(0, 0x0707);
            assertThat(input.read(pcm, 10)).isZero();
        }
    }
}
