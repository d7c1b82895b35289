package io.siprec.rtp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.rtp.spi.AudioCodec;
import io.siprec.rtp.spi.AudioDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class G722Test {
    private final AudioCodec codec = AudioCodecs.find("g722", 8_000, 1).orElseThrow();

    @ParameterizedTest(name = "C192 {0}")
    @CsvSource({"g722-ffmpeg.g722, g722-ffmpeg.pcm", "g722-random.g722, g722-random-ffmpeg.pcm"})
    void C192_decodesToTheSampleAsTheReferenceDoes(String encoded, String pcm) throws IOException {
        byte[] octets = resource(encoded);
        short[] expected = samples(pcm);
        short[] decoded = new short[2 * octets.length];
        assertThat(codec.newDecoder().decode(ByteBuffer.wrap(octets), decoded)).isEqualTo(decoded.length);
        assertThat(decoded).containsExactly(expected);
    }

    @Test
    void C192_payloadsOfAnyLengthGiveWhatOneLongOneGives() throws IOException {
        byte[] octets = resource("g722-ffmpeg.g722");
        short[] expected = samples("g722-ffmpeg.pcm");
        AudioDecoder decoder = codec.newDecoder();
        short[] pcm = new short[1_000];
        int at = 0;
        for (int length = 1; at < octets.length; length = length * 7 % 331 + 1) {
            int taken = Math.min(length, octets.length - at);
            ByteBuffer payload =
                    ByteBuffer.allocateDirect(taken).put(octets, at, taken).flip();
            assertThat(decoder.decode(payload, pcm)).isEqualTo(2 * taken);
            assertThat(Arrays.copyOf(pcm, 2 * taken))
                    .containsExactly(Arrays.copyOfRange(expected, 2 * at, 2 * (at + taken)));
            at += taken;
        }
    }

    @Test
    void encodesAsTheReferenceDoes() throws IOException {
        short[] pcm = samples("g722-input.pcm");
        byte[] octets = new byte[pcm.length / 2];
        G722Encoder encoder = new G722Encoder();
        for (int at = 0; at < pcm.length; at += 320) {
            encoder.encode(pcm, at, 320, octets, at / 2);
        }
        assertThat(octets).containsExactly(resource("g722-ffmpeg.g722"));
    }

    @Test
    void C192_aToneKeepsItsPitchAndLength() {
        short[] pcm = new short[16_000];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.round(8_000 * Math.sin(2 * Math.PI * 1_000 * i / 16_000));
        }
        byte[] octets = new byte[8_000]; // a second is 8,000 ticks of the RTP clock
        new G722Encoder().encode(pcm, 0, pcm.length, octets, 0);
        short[] decoded = new short[16_000];
        assertThat(codec.newDecoder().decode(ByteBuffer.wrap(octets), decoded)).isEqualTo(codec.sampleRateHz());
        int delay = 22; // of the two filters
        double noise = 0;
        double signal = 0;
        for (int i = 1_000; i < pcm.length; i++) {
            noise += Math.pow(decoded[i] - pcm[i - delay], 2);
            signal += Math.pow(pcm[i - delay], 2);
        }
        assertThat(10 * Math.log10(signal / noise)).as("dB").isGreaterThan(20);
    }

    @Test
    void refusesWhatHasNoRoomOrNoPartner() {
        assertThat(codec.newDecoder().decode(ByteBuffer.allocate(161), new short[320]))
                .isEqualTo(-1);
        assertThat(codec.newDecoder().decode(ByteBuffer.allocate(0), new short[320]))
                .isZero();
        assertThatThrownBy(() -> new G722Encoder().encode(new short[3], 0, 3, new byte[2], 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static short[] samples(String name) throws IOException {
        byte[] octets = resource(name);
        short[] samples = new short[octets.length / 2];
        ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = G722Test.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
