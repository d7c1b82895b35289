package io.siprec.rtp.codec;

import io.siprec.rtp.spi.AudioDecoder;
import java.nio.ByteBuffer;

/** Decodes G.722 at 64 kbit/s: two bits of an octet are the upper band's, six the lower one's (ITU-T G.722 §4). */
final class G722Decoder implements AudioDecoder {
    private static final int[] LEVELS = {
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576,
        -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040,
        -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136
    };

    private final G722Band low = G722Band.low();
    private final G722Band high = G722Band.high();
    private final G722Filter filter = new G722Filter();

    @Override
    public int decode(ByteBuffer payload, short[] pcm) {
        int octets = payload.remaining();
        if (2 * octets > pcm.length) {
            return -1;
        }
        for (int i = 0; i < octets; i++) {
            int octet = payload.get();
            int lowCode = octet & 0x3f;
            int highCode = octet >> 6 & 3;
            int lower = low.reconstructed(LEVELS[lowCode]);
            low.adapt(lowCode >> 2);
            int upper = high.reconstructedByCode(highCode);
            high.adapt(highCode);
            filter.put(lower + upper, lower - upper);
            pcm[2 * i] = (short) G722Band.saturate(filter.odd() >> 11);
            pcm[2 * i + 1] = (short) G722Band.saturate(filter.even() >> 11);
        }
        return 2 * octets;
    }
}
