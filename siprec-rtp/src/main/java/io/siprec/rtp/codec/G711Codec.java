package io.siprec.rtp.codec;

import io.siprec.rtp.G711;
import io.siprec.rtp.spi.AudioCodec;
import io.siprec.rtp.spi.AudioDecoder;
import java.nio.ByteBuffer;

/** PCMU and PCMA (RFC 3551 §4.5.14). */
enum G711Codec implements AudioCodec {
    PCMU {
        @Override
        void decode(byte[] codes, int length, short[] pcm) {
            G711.decodeUlaw(codes, 0, length, pcm, 0);
        }
    },
    PCMA {
        @Override
        void decode(byte[] codes, int length, short[] pcm) {
            G711.decodeAlaw(codes, 0, length, pcm, 0);
        }
    };

    abstract void decode(byte[] codes, int length, short[] pcm);

    @Override
    public String encoding() {
        return name();
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
    public boolean costly() {
        return false;
    }

    @Override
    public AudioDecoder newDecoder() {
        return new Decoder(this);
    }

    private static final class Decoder implements AudioDecoder {
        private final G711Codec law;
        private byte[] codes = new byte[0];

        Decoder(G711Codec law) {
            this.law = law;
        }

        @Override
        public int decode(ByteBuffer payload, short[] pcm) {
            int length = payload.remaining();
            if (length > pcm.length) {
                return -1;
            }
            if (length > codes.length) {
                codes = new byte[length]; // once, or when the packet time grows
            }
            payload.get(codes, 0, length);
            law.decode(codes, length, pcm);
            return length;
        }
    }
}
