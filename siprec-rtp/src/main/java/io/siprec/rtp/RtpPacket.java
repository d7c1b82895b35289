package io.siprec.rtp;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A view of one RTP packet (RFC 3550 §5.1). One view is reused for many packets; it keeps no bytes, so it is valid only as
 * long as the buffer that it was parsed from. Not thread-safe.
 */
public final class RtpPacket {
    /** The length of the fixed header. */
    public static final int FIXED_HEADER_BYTES = 12;

    private static final int VERSION = 2;

    private boolean marker;
    private int payloadType;
    private int sequence;
    private int timestamp;
    private int ssrc;
    private int csrcCount;
    private int csrcStart;
    private int payloadStart;
    private int payloadLength;

    /** A view that shows nothing until {@link #parse} has returned true. */
    public RtpPacket() {}

    /**
     * Reads the packet between position and limit; the buffer isn't changed.
     *
     * @return false when it is no RTP packet: wrong version, truncated, or padding longer than the rest (RFC 3550 A.1)
     */
    public boolean parse(ByteBuffer datagram) {
        int start = datagram.position();
        int end = datagram.limit();
        if (end - start < FIXED_HEADER_BYTES) {
            return false;
        }
        int first = datagram.get(start) & 0xff;
        if (first >> 6 != VERSION) {
            return false;
        }
        csrcCount = first & 0x0f;
        csrcStart = start + FIXED_HEADER_BYTES;
        int offset = start + FIXED_HEADER_BYTES + 4 * csrcCount;
        if ((first & 0x10) != 0) {
            offset = afterExtension(datagram, offset, end);
        }
        int padding = (first & 0x20) == 0 ? 0 : datagram.get(end - 1) & 0xff;
        boolean paddingRight = (first & 0x20) == 0 || padding > 0;
        if (!paddingRight || offset > end - padding) {
            return false;
        }
        payloadStart = offset;
        payloadLength = end - padding - offset;
        readFixedHeader(datagram, start);
        return true;
    }

    private static int afterExtension(ByteBuffer datagram, int offset, int end) {
        if (offset + 4 > end) {
            return Integer.MAX_VALUE;
        }
        int words = ((datagram.get(offset + 2) & 0xff) << 8) | (datagram.get(offset + 3) & 0xff);
        return offset + 4 + 4 * words;
    }

    private void readFixedHeader(ByteBuffer datagram, int start) {
        int second = datagram.get(start + 1) & 0xff;
        marker = (second & 0x80) != 0;
        payloadType = second & 0x7f;
        sequence = (word(datagram, start + 2) >>> 16) & 0xffff;
        timestamp = word(datagram, start + 4);
        ssrc = word(datagram, start + 8);
    }

    /** Big-endian whatever the buffer's order is. */
    private static int word(ByteBuffer buffer, int at) {
        return (buffer.get(at) & 0xff) << 24
                | (buffer.get(at + 1) & 0xff) << 16
                | (buffer.get(at + 2) & 0xff) << 8
                | (buffer.get(at + 3) & 0xff);
    }

    /** The marker bit. */
    public boolean marker() {
        return marker;
    }

    /** 0 to 127. */
    public int payloadType() {
        return payloadType;
    }

    /** 0 to 65,535. */
    public int sequence() {
        return sequence;
    }

    /** The 32 bits of the timestamp as an unsigned number. */
    public long timestamp() {
        return timestamp & 0xffff_ffffL;
    }

    /** The 32 bits of the SSRC as an unsigned number. */
    public long ssrc() {
        return ssrc & 0xffff_ffffL;
    }

    /** 0 to 15. */
    public int csrcCount() {
        return csrcCount;
    }

    /** A contributing source, from 0, as an unsigned number; {@code datagram} is the buffer that was parsed. */
    public long csrc(ByteBuffer datagram, int index) {
        Objects.checkIndex(index, csrcCount);
        return word(datagram, csrcStart + 4 * index) & 0xffff_ffffL;
    }

    /** The index of the payload in the buffer that was parsed. */
    public int payloadStart() {
        return payloadStart;
    }

    /** The length of the payload without padding. */
    public int payloadLength() {
        return payloadLength;
    }
}
