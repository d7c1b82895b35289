package io.siprec.rtp.srtp;

/**
 * The packet indexes of one SSRC: the highest one so far, and which of the last {@value #SIZE} were seen (RFC 3711 §3.3.1,
 * §3.3.2).
 */
final class IndexWindow {
    /** At least 64 (RFC 3711 §3.3.2); this is 5 s of packets of 20 ms, more than a network puts out of order. */
    static final int SIZE = 256;

    private static final long HALF = 1L << 15;

    final int ssrc;
    int failures; // since the last packet that was accepted
    private final long[] seen = new long[SIZE / Long.SIZE];
    private long highest = -1;

    IndexWindow(int ssrc) {
        this.ssrc = ssrc;
    }

    /** The index of an RTP sequence number: the one nearest to the highest so far; negative when it lies before all of them. */
    long estimate(int sequence) {
        if (highest < 0) {
            return sequence;
        }
        long roc = highest >>> 16;
        long last = highest & 0xffff;
        if (last < HALF) {
            roc -= sequence - last > HALF ? 1 : 0;
        } else {
            roc += last - HALF > sequence ? 1 : 0;
        }
        return (roc << 16) + sequence;
    }

    /** False when {@code index} was seen, or lies before the window. */
    boolean isNew(long index) {
        return index > highest || index >= 0 && index > highest - SIZE && (seen[word(index)] & 1L << index) == 0;
    }

    /** Takes an index that is new and authentic. */
    void accept(long index) {
        long from = Math.max(highest + 1, index - SIZE + 1);
        for (long skipped = from; skipped < index; skipped++) {
            seen[word(skipped)] &= ~(1L << skipped);
        }
        seen[word(index)] |= 1L << index;
        highest = Math.max(highest, index);
        failures = 0;
    }

    private static int word(long index) {
        return (int) (index & SIZE - 1) / Long.SIZE;
    }
}
