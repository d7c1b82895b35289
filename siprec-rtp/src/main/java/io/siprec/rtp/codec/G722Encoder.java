package io.siprec.rtp.codec;

/** Encodes 16-bit samples of 16 kHz as G.722 at 64 kbit/s (ITU-T G.722 §3). One per stream; not thread-safe. */
public final class G722Encoder {
    /** Upper edges of the lower band's intervals, in 1/4,096 of the scale. */
    private static final int[] LOW_EDGES = {
        35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219, 1339,
        1458, 1612, 1765, 1980, 2195, 2557, 2919
    };

    private static final int HIGH_EDGE = 564;

    private final G722Band low = G722Band.low();
    private final G722Band high = G722Band.high();
    private final G722Filter filter = new G722Filter();

    /** An encoder at the start of a stream. */
    public G722Encoder() {}

    /**
     * Encodes {@code length} samples, an even number, as half as many octets.
     *
     * @throws IllegalArgumentException when the number is odd
     */
    public void encode(short[] pcm, int offset, int length, byte[] octets, int octetsOffset) {
        if (length % 2 != 0) {
            throw new IllegalArgumentException("G.722 takes pairs of samples, not " + length);
        }
        for (int i = 0; i < length / 2; i++) {
            filter.put(pcm[offset + 2 * i], pcm[offset + 2 * i + 1]);
            int lowCode = lowCode(filter.even() + filter.odd() >> 14);
            int highCode = highCode(filter.odd() - filter.even() >> 14);
            low.adapt(lowCode >> 2);
            high.adapt(highCode);
            octets[octetsOffset + i] = (byte) (highCode << 6 | lowCode);
        }
    }

    /** The codes count down from the outermost interval; the two innermost negative ones break that order. */
    private int lowCode(int signal) {
        int difference = G722Band.saturate(signal - low.s());
        int magnitude = difference >= 0 ? difference : -(difference + 1);
        int interval = 0;
        while (interval < LOW_EDGES.length && magnitude >= LOW_EDGES[interval] * low.det() >> 12) {
            interval++;
        }
        if (difference >= 0) {
            return 61 - interval;
        }
        return interval < 2 ? 63 - interval : 33 - interval;
    }

    private int highCode(int signal) {
        int difference = G722Band.saturate(signal - high.s());
        int magnitude = difference >= 0 ? difference : -(difference + 1);
        boolean outer = magnitude >= HIGH_EDGE * high.det() >> 12;
        if (difference >= 0) {
            return outer ? 2 : 3;
        }
        return outer ? 0 : 1;
    }
}
