package io.siprec.rtp.codec;

import io.siprec.rtp.spi.AudioCodec;
import io.siprec.rtp.spi.AudioDecoder;

/**
 * ITU-T G.722 at 64 kbit/s. Its RTP clock runs at 8,000 Hz though its samples come at 16,000 (RFC 3551 §4.5.2): each tick, and
 * each octet, is two samples.
 */
final class G722Codec implements AudioCodec {
    @Override
    public String encoding() {
        return "G722";
    }

    @Override
    public int clockRateHz() {
        return 8_000;
    }

    @Override
    public int sampleRateHz() {
        return 16_000;
    }

    @Override
    public AudioDecoder newDecoder() {
        return new G722Decoder();
    }
}
