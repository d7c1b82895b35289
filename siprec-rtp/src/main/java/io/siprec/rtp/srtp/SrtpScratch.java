package io.siprec.rtp.srtp;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The memory that packets are worked on in. One for all senders and receivers of a thread, so that opening a packet allocates
 * nothing and its buffers stay in the cache. Not thread-safe.
 */
public final class SrtpScratch {
    /** The longest packet, tag included, that can be protected or opened. */
    public static final int MAX_PACKET_BYTES = 8_192;

    static final int BLOCK_BYTES = 16;

    final byte[] packet = new byte[MAX_PACKET_BYTES];
    final byte[] work = new byte[MAX_PACKET_BYTES + BLOCK_BYTES]; // the key stream, or what GCM puts out
    final byte[] counters = new byte[MAX_PACKET_BYTES + BLOCK_BYTES];
    final ByteBuffer counterWords = ByteBuffer.wrap(counters);
    final byte[] tag = new byte[20];
    final byte[] word = new byte[4];
    final MessageDigest sha1;

    int clearBytes; // what the last packet has in front of its encrypted part
    int endBytes; // and where that ends

    /** Empty. */
    public SrtpScratch() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-1", e);
        }
    }

    int int32(int at) {
        return (packet[at] & 0xff) << 24
                | (packet[at + 1] & 0xff) << 16
                | (packet[at + 2] & 0xff) << 8
                | (packet[at + 3] & 0xff);
    }

    void int32(int at, int value) {
        put(packet, at, value);
    }

    static void put(byte[] into, int at, int value) {
        into[at] = (byte) (value >>> 24);
        into[at + 1] = (byte) (value >>> 16);
        into[at + 2] = (byte) (value >>> 8);
        into[at + 3] = (byte) value;
    }

    /**
     * The length of an RTP packet's header with CSRCs and extension; it stays in clear. -1 when it is no RTP packet, or one with
     * a header that goes beyond {@code end}.
     */
    int rtpHeaderBytes(int end) {
        if (end < 12 || (packet[0] & 0xc0) != 0x80) {
            return -1;
        }
        int length = 12 + 4 * (packet[0] & 0x0f);
        if ((packet[0] & 0x10) != 0) {
            if (length + 4 > end) {
                return -1;
            }
            length += 4 + 4 * (int32(length) & 0xffff);
        }
        return length > end ? -1 : length;
    }
}
