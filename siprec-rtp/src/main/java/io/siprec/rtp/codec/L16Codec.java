package io.siprec.rtp.codec;

import io.siprec.rtp.spi.AudioCodec;
import io.siprec.rtp.spi.AudioDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Linear samples of 16 bits in network byte order, one channel or two interleaved (RFC 3551 §4.5.11). */
record L16Codec(int clockRateHz, int channels) implements AudioCodec {
    /** One and two channels at the rates that are in use. */
    static final List<L16Codec> COMMON = IntStream.of(8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
            .boxed()
            .flatMap(rate -> Stream.of(new L16Codec(rate, 1), new L16Codec(rate, 2)))
            .toList();

    @Override
    public String encoding() {
        return "L16";
    }

    @Override
    public int sampleRateHz() {
        return clockRateHz;
    }

    @Override
    public boolean costly() {
        return false;
    }

    @Override
    public AudioDecoder newDecoder() {
        return new Decoder(channels);
    }

    private static final class Decoder implements AudioDecoder {
        private final int channels;
        private byte[] octets = new byte[0];

        Decoder(int channels) {
            this.channels = channels;
        }

        @Override
        public int decode(ByteBuffer payload, short[] pcm) {
            int length = payload.remaining();
            int frameBytes = Short.BYTES * channels;
            int samples = length / frameBytes;
            if (length % frameBytes != 0 || samples > pcm.length) {
                return -1;
            }
            if (length > octets.length) {
                octets = new byte[length]; // once, or when the packet time grows
            }
            payload.get(octets, 0, length);
            if (channels == 1) {
                for (int i = 0; i < samples; i++) {
                    pcm[i] = (short) sample(i);
                }
            } else {
                for (int i = 0; i < samples; i++) {
                    pcm[i] = (short) (sample(2 * i) + sample(2 * i + 1) >> 1);
                }
            }
            return samples;
        }

        private int sample(int index) {
            return octets[2 * index] << 8 | octets[2 * index + 1] & 0xff;
        }
    }
}
