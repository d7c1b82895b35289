package io.siprec.testkit;

/**
 * A key that is pressed on a stream, sent as a telephone event (RFC 4733) in place of audio: a packet for each place, the last one
 * three times with the end bit. They have payload type 101.
 *
 * @param code of the event: 0 to 9, 10 for *, 11 for #, 12 to 15 for A to D; at most 255
 * @param firstPlace of its first packet (0, 1, ...)
 * @param packets its length in places; at most 409, which is one segment (RFC 4733 §2.5.1.3)
 */
public record SrcTone(int code, long firstPlace, int packets) {
    /** The payload type of its packets, as lines with tones offer it. */
    public static final int PAYLOAD_TYPE = 101;

    private static final int MOST_PACKETS = 409;

    /** Checks the ranges. */
    public SrcTone {
        if (code < 0 || code > 255) {
            throw new IllegalArgumentException("code must be 0 to 255, was " + code);
        }
        if (firstPlace < 0) {
            throw new IllegalArgumentException("firstPlace must not be negative, was " + firstPlace);
        }
        if (packets < 1 || packets > MOST_PACKETS) {
            throw new IllegalArgumentException("packets must be 1 to " + MOST_PACKETS + ", was " + packets);
        }
    }

    /** Whether it takes the place of the audio there. */
    public boolean covers(long place) {
        return place >= firstPlace && place < firstPlace + packets;
    }
}
