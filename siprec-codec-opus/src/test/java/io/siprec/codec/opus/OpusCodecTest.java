package io.siprec.codec.opus;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.codec.AudioCodecs;
import io.siprec.rtp.spi.AudioCodec;
import io.siprec.rtp.spi.AudioDecoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpusCodecTest {
    private static final int EVERY = 16; // sample is in the vectors

    private final AudioCodec codec = AudioCodecs.find("OPUS", 48_000, 2).orElseThrow();
    private final AudioDecoder decoder = codec.newDecoder();
    private final short[] pcm = new short[OpusPacket.MAX_SAMPLES];

    @Test
    void isFoundByItsService() {
        assertThat(codec).isInstanceOf(OpusCodec.class);
        assertThat(codec.sampleRateHz()).isEqualTo(48_000);
    }

    /** Sample for sample in the SILK layer; in CELT fixed and floating point round differently. */
    @ParameterizedTest(name = "C194 {0}")
    @ValueSource(
            strings = {
                "silk-wb-20ms-fec",
                "silk-nb-60ms",
                "silk-stereo-20ms-fec",
                "hybrid-swb-20ms",
                "celt-fb-stereo-20ms",
                "celt-fb-2.5ms",
                "code-3-120ms",
                "code-1or2-40ms",
                "dtx-20ms",
            })
    void C194_decodesAndRecoversWhatLibopusDoes(String stream) throws IOException {
        double signal = 0;
        double noise = 0;
        for (Vector vector : vectors(stream)) {
            ByteBuffer packet = ByteBuffer.wrap(vector.packet);
            int samples = vector.recover ? decoder.recover(packet, pcm) : decoder.decode(packet, pcm);
            assertThat(samples).as("%s at %d", stream, vector.timestamp).isEqualTo(vector.samples);
            for (int i = 0; i < vector.pcm.length; i++) {
                signal += Math.pow(vector.pcm[i], 2);
                noise += Math.pow(vector.pcm[i] - pcm[i * EVERY], 2);
            }
        }
        assertThat(10 * Math.log10(signal / noise)).as("dB").isGreaterThan(60);
    }

    @Test
    void C194_onlyAPacketThatRepeatsAudioRecoversIt() throws IOException {
        for (String stream : List.of("celt-fb-stereo-20ms", "hybrid-swb-20ms", "silk-nb-60ms", "code-3-120ms")) {
            for (Vector vector : vectors(stream)) {
                assertThat(decoder.recover(ByteBuffer.wrap(vector.packet), pcm))
                        .as(stream)
                        .isZero();
            }
        }
        long repeating = vectors("silk-wb-20ms-fec").stream()
                .filter(vector -> codec.newDecoder().recover(ByteBuffer.wrap(vector.packet), pcm) == 960)
                .count();
        assertThat(repeating).isGreaterThan(10);
    }

    @ParameterizedTest(name = "C194 {0}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
        # first octets | samples per frame | frames | why
        00             |               480 |      1 | SILK, 10 ms
        18             |              2880 |      1 | SILK, 60 ms
        61             |               480 |      2 | hybrid, 10 ms, two frames of one length
        80             |               120 |      1 | CELT, 2.5 ms
        f8             |               960 |      1 | CELT, 20 ms
        fa 01 00       |               960 |      2 | two frames, their lengths differ
        fb 06          |               960 |      6 | 120 ms
        83 30          |               120 |     48 | the most frames that there can be
        fb 86 0101010101 | 960 | 6 | six lengths
        fb 41 02 f8 0000 | 960 | 1 | padding
        """)
    void C194_readsTheFramingOfAPacket(String octets, int samplesPerFrame, int frames, String why) {
        byte[] packet = HexFormat.of().parseHex(octets.replace(" ", ""));
        OpusPacket parsed = new OpusPacket();
        assertThat(parsed.parse(packet, packet.length)).as(why).isTrue();
        assertThat(parsed.samplesPerFrame()).as(why).isEqualTo(samplesPerFrame);
        assertThat(parsed.samples()).as(why).isEqualTo(samplesPerFrame * frames);
    }

    @ParameterizedTest(name = "C194 {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        # octets  | why
        ''        | nothing
        fb        | no frame count
        fb 00     | no frames
        fb 07     | 140 ms
        1a        | two frames of 60 ms, but no length of the first
        1b 03     | 180 ms
        fb 41 ff  | padding without an end
        fb 82     | a length is missing
        """)
    void C194_whatIsNoPacketIsRefused(String octets, String why) {
        ByteBuffer payload = ByteBuffer.wrap(HexFormat.of().parseHex(octets.replace(" ", "")));
        assertThat(decoder.decode(payload, pcm)).as(why).isEqualTo(-1);
        assertThat(decoder.recover(payload, pcm)).as(why).isZero();
    }

    @Test
    void aPacketThatHasNoRoomIsRefused() throws IOException {
        ByteBuffer packet = ByteBuffer.wrap(vectors("code-3-120ms").get(0).packet);
        assertThat(decoder.decode(packet, new short[5_759])).isEqualTo(-1);
    }

    @Test
    void randomOctetsNeitherThrowNorSpoilWhatFollows() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 3_000; i++) {
            byte[] octets = new byte[random.nextInt(100)];
            random.nextBytes(octets);
            assertThat(decoder.recover(ByteBuffer.wrap(octets), pcm)).isBetween(0, OpusPacket.MAX_SAMPLES);
            assertThat(decoder.decode(ByteBuffer.wrap(octets), pcm)).isBetween(-1, OpusPacket.MAX_SAMPLES);
        }
        int samples = 0;
        for (Vector vector : vectors("celt-fb-stereo-20ms")) {
            samples += decoder.decode(ByteBuffer.wrap(vector.packet), pcm);
        }
        assertThat(samples).isEqualTo(8 * 960);
    }

    private static List<Vector> vectors(String stream) throws IOException {
        List<Vector> vectors = new ArrayList<>();
        try (InputStream in = OpusCodecTest.class.getResourceAsStream("libopus-1.3.1.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            lines.lines()
                    .map(line -> line.split(" "))
                    .filter(columns -> columns[0].equals(stream))
                    .map(Vector::new)
                    .forEach(vectors::add);
        }
        assertThat(vectors).as(stream).isNotEmpty();
        return vectors;
    }

    private static final class Vector {
        private final int timestamp;
        private final boolean recover;
        private final byte[] packet;
        private final int samples;
        private final short[] pcm;

        Vector(String[] columns) {
            timestamp = Integer.parseInt(columns[1]);
            recover = columns[2].equals("recover");
            packet = HexFormat.of().parseHex(columns[3]);
            samples = Integer.parseInt(columns[4]);
            pcm = new short[columns[5].length() / 4];
            ByteBuffer.wrap(HexFormat.of().parseHex(columns[5])).asShortBuffer().get(pcm);
        }
    }
}
