package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class G711Test {
    @ParameterizedTest(name = "C192 {0} 0x{1} is {2}")
    @CsvSource(textBlock = """
        ulaw, ff,      0
        ulaw, 7f,      0
        ulaw, 00, -32124
        ulaw, 80,  32124
        ulaw, fe,      8
        ulaw, 7e,     -8
        ulaw, f0,    120
        ulaw, ef,    132
        ulaw, e0,    372
        ulaw, 8f,  16764
        ulaw, 0f, -16764
        alaw, d5,      8
        alaw, 55,     -8
        alaw, d4,     24
        alaw, c5,    264
        alaw, 2a, -32256
        alaw, aa,  32256
        alaw, a5,  16896
        alaw, 80,   5504
        """)
    void knownCodes(String law, String code, int sample) {
        byte octet = (byte) Integer.parseInt(code, 16);
        assertThat(law.equals("ulaw") ? G711.decodeUlaw(octet) : G711.decodeAlaw(octet))
                .isEqualTo((short) sample);
    }

    /** The tables of G.711 as formulas: 8 segments of 16 steps, each segment's steps twice as wide as the last one's. */
    @Test
    void everyUlawCodeFollowsTheLaw() {
        for (int code = 0; code < 256; code++) {
            int inverted = 255 - code;
            double step = inverted % 16 + 16.5;
            long magnitude = Math.round(8 * (step * Math.pow(2, inverted / 16 % 8) - 16.5));
            long expected = code < 128 ? -magnitude : magnitude;
            assertThat((long) G711.decodeUlaw((byte) code))
                    .as("code %02x", code)
                    .isEqualTo(expected);
        }
    }

    @Test
    void everyAlawCodeFollowsTheLaw() {
        for (int code = 0; code < 256; code++) {
            int even = code ^ 0x55;
            int segment = even / 16 % 8;
            double step = even % 16 + 0.5;
            long magnitude = Math.round(16 * (segment == 0 ? step : (step + 16) * Math.pow(2, segment - 1)));
            long expected = even < 128 ? -magnitude : magnitude;
            assertThat((long) G711.decodeAlaw((byte) code))
                    .as("code %02x", code)
                    .isEqualTo(expected);
        }
    }

    @Test
    void everyCodeComesBack() {
        for (int code = 0; code < 256; code++) {
            byte octet = (byte) code;
            byte ulawAgain = code == 0x7f ? (byte) 0xff : octet; // both stand for 0
            assertThat(G711.encodeUlaw(G711.decodeUlaw(octet))).isEqualTo(ulawAgain);
            assertThat(G711.encodeAlaw(G711.decodeAlaw(octet))).isEqualTo(octet);
        }
    }

    @Test
    void everySampleBecomesANearCode() {
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int widest = Math.max(16, Math.abs(sample) / 16);
            int ulaw = G711.decodeUlaw(G711.encodeUlaw((short) sample));
            int alaw = G711.decodeAlaw(G711.encodeAlaw((short) sample));
            assertThat(Math.abs(ulaw - sample)).as("mu-law of %d", sample).isLessThanOrEqualTo(widest);
            assertThat(Math.abs(alaw - sample)).as("A-law of %d", sample).isLessThanOrEqualTo(widest);
        }
    }

    @Test
    void arraysAreConvertedFromAndToOffsets() {
        short[] pcm = {0, 1_000, -1_000, 0};
        byte[] codes = new byte[3];
        G711.encodeUlaw(pcm, 1, 2, codes, 1);
        short[] again = new short[3];
        G711.decodeUlaw(codes, 1, 2, again, 1);
        assertThat(again)
                .containsExactly(0, G711.decodeUlaw(G711.encodeUlaw((short) 1_000)), G711.decodeUlaw(codes[2]));
        G711.encodeAlaw(pcm, 1, 2, codes, 0);
        G711.decodeAlaw(codes, 0, 2, again, 0);
        assertThat(again[0]).isEqualTo(G711.decodeAlaw(G711.encodeAlaw((short) 1_000)));
    }
}
