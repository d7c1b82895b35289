package io.siprec.rtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.spi.AudioCodec;
import io.siprec.rtp.spi.AudioDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioCodecsTest {
    /** Named in META-INF/services of the tests. */
    public static final class Installed implements AudioCodec {
        @Override
        public String encoding() {
            return "X-TEST";
        }

        @Override
        public int clockRateHz() {
            return 12_000;
        }

        @Override
        public int sampleRateHz() {
            return 12_000;
        }

        @Override
        public AudioDecoder newDecoder() {
            return (payload, pcm) -> 0;
        }
    }

    /** Named there too. */
    public static final class Broken implements AudioCodec {
        public Broken() {
            throw new IllegalStateException("its native part is missing");
        }

        @Override
        public String encoding() {
            return "X-BROKEN";
        }

        @Override
        public int clockRateHz() {
            return 8_000;
        }

        @Override
        public int sampleRateHz() {
            return 8_000;
        }

        @Override
        public AudioDecoder newDecoder() {
            return (payload, pcm) -> -1;
        }
    }

    @ParameterizedTest(name = "{0}/{1}/{2}")
    @CsvSource({
        "PCMU,   8000, 1,  8000",
        "pcma,   8000, 1,  8000",
        "G722,   8000, 1, 16000",
        "L16,    8000, 1,  8000",
        "L16,   16000, 1, 16000",
        "L16,   44100, 2, 44100",
        "X-Test, 12000, 1, 12000",
    })
    void findsByNameRateAndChannels(String encoding, int clockRateHz, int channels, int sampleRateHz) {
        assertThat(AudioCodecs.find(encoding, clockRateHz, channels).map(AudioCodec::sampleRateHz))
                .contains(sampleRateHz);
    }

    @ParameterizedTest(name = "{0}/{1}/{2}")
    @CsvSource({
        "PCMU, 16000, 1",
        "G722, 16000, 1",
        "G722, 8000, 2",
        "L16, 12345, 1",
        "G729, 8000, 1",
        "X-BROKEN, 8000, 1"
    })
    void doesNotFindWhatThereIsNot(String encoding, int clockRateHz, int channels) {
        assertThat(AudioCodecs.find(encoding, clockRateHz, channels)).isEmpty();
    }

    @ParameterizedTest(name = "L16 {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # channels | payload          | samples      | why
                 1 | 0000 7fff 8000   | 0 32767 -32768 | network byte order
                 1 | ffff 0100        | -1 256       | signed
                 1 | ''               | ''           | nothing
                 1 | 0001 02          | -            | half a sample
                 2 | 0002 0004 8000 8000 | 3 -32768  | two channels are mixed
                 2 | 7fff 8001        | 0            | that cancel each other
                 2 | 0001 0002 0003   | -            | half a frame
        """)
    void decodesL16(int channels, String payload, String samples, String why) {
        ByteBuffer octets = ByteBuffer.wrap(HexFormat.of().parseHex(payload.replace(" ", "")));
        short[] pcm = new short[4];
        int count = AudioCodecs.find("L16", 16_000, channels)
                .orElseThrow()
                .newDecoder()
                .decode(octets, pcm);
        if (samples == null) {
            assertThat(count).as(why).isEqualTo(-1);
        } else {
            String[] expected = samples.isEmpty() ? new String[0] : samples.split(" ");
            assertThat(Arrays.toString(Arrays.copyOf(pcm, count))).as(why).isEqualTo(Arrays.toString(expected));
        }
    }

    @Test
    void l16WithoutRoomIsRefused() {
        AudioDecoder decoder = AudioCodecs.find("L16", 8_000, 1).orElseThrow().newDecoder();
        assertThat(decoder.decode(ByteBuffer.allocate(10), new short[4])).isEqualTo(-1);
    }
}
