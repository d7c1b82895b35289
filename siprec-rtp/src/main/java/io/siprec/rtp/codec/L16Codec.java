package io.siprec.rtp.codec;

import io.siprec.rtp.spi.AudioCodec;
import io.siprec.rtp.spi.AudioDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Linear samples of 16 bits in network byte order, channels interleaved (RFC 3551 §4.5.11). */
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
    public AudioDecoder newDecoder() {
        return this::decode;
    }

    private int decode(ByteBuffer payload, short[] pcm) {
        int frameBytes = Short.BYTES * channels;
        int samples = payload.remaining() / frameBytes;
        if (payload.remaining() % frameBytes != 0 || samples > pcm.length) {
            return -1;
        }
        for (int i = 0; i < samples; i++) {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += payload.get() << 8 | payload.get() & 0xff;
            }
            pcm[i] = (short) (sum / channels);
        }
        return samples;
    }
}
