package io.siprec.rtp.internal.rtcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Walks a compound RTCP packet (RFC 3550 §6.1). One reader is reused; it keeps no bytes. All of the compound is checked before
 * the first packet of it is shown (A.2): a wrong length makes all of it worthless.
 */
public final class RtcpReader {
    private static final int HEADER_BYTES = 4;
    private static final int BLOCK_BYTES = 24;
    private static final int SENDER_INFO_BYTES = 20;

    private ByteBuffer datagram;
    private int start;
    private int end; // of this packet
    private int limit; // of all

    /** True for what can't be RTP on a port that both share: the packet types 192 to 223 (RFC 5761 §4). */
    public static boolean looksLikeRtcp(ByteBuffer datagram) {
        return datagram.remaining() >= 2 && (datagram.get(datagram.position() + 1) & 0xe0) == 0xc0;
    }

    /** Takes the bytes between position and limit; false when they are no compound packet. */
    boolean begin(ByteBuffer compound) {
        datagram = compound;
        limit = compound.limit();
        start = compound.position();
        end = start;
        if (start == limit) {
            return false;
        }
        while (end < limit) {
            if (!step() || padded() && end < limit || !longEnough()) {
                return false;
            }
        }
        end = compound.position();
        return true;
    }

    /** Goes to the next packet; false behind the last. */
    boolean next() {
        return end < limit && step();
    }

    private boolean step() {
        start = end;
        if (limit - start < HEADER_BYTES || (datagram.get(start) & 0xc0) != 0x80) {
            return false;
        }
        end = start + HEADER_BYTES + 4 * (int) (word(start) & 0xffff);
        return end <= limit;
    }

    private boolean padded() {
        return (datagram.get(start) & 0x20) != 0;
    }

    private boolean longEnough() {
        int body = end - start - HEADER_BYTES - paddingBytes();
        return switch (type()) {
            case RtcpType.SR -> body >= 4 + SENDER_INFO_BYTES + BLOCK_BYTES * count();
            case RtcpType.RR -> body >= 4 + BLOCK_BYTES * count();
            case RtcpType.BYE -> body >= 4 * count();
            case RtcpType.SDES -> body >= 4 * count() && chunksFit();
            case RtcpType.APP -> body >= 8;
            case RtcpType.XR -> body >= 4;
            default -> body >= 0;
        };
    }

    private int paddingBytes() {
        return padded() ? Math.max(1, datagram.get(end - 1) & 0xff) : 0;
    }

    private boolean chunksFit() {
        int at = start + HEADER_BYTES;
        for (int i = 0; i < count(); i++) {
            at = afterChunk(at);
            if (at > end) {
                return false;
            }
        }
        return true;
    }

    /** Behind the chunk at {@code at}: a source, items, and zeros up to the next 32 bits. Behind the end when it is cut off. */
    private int afterChunk(int at) {
        int item = at + 4;
        while (item < end && datagram.get(item) != 0) {
            item += item + 1 < end ? 2 + (datagram.get(item + 1) & 0xff) : 2;
        }
        return item >= end ? end + 1 : item + 4 - (item - start & 3);
    }

    int type() {
        return datagram.get(start + 1) & 0xff;
    }

    /** Of report blocks, sources or chunks. */
    int count() {
        return datagram.get(start) & 0x1f;
    }

    /** True for a packet that begins with an SSRC. */
    boolean hasSsrc() {
        return end - start >= 2 * HEADER_BYTES;
    }

    /** The SSRC that the packet begins with, or that of a further source of a BYE. */
    long ssrc(int index) {
        return word(start + HEADER_BYTES + 4 * index);
    }

    /** Of an SR: seconds since 1900 and their fraction. */
    long ntpTimestamp() {
        return word(start + 8) << 32 | word(start + 12);
    }

    /** Of an SR. */
    long rtpTimestamp() {
        return word(start + 16);
    }

    /** Of an SDES: the CNAME of a source, or null. */
    String cname(long source) {
        int at = start + HEADER_BYTES;
        for (int i = 0; i < count(); i++) {
            if (word(at) == source) {
                return cnameIn(at + 4);
            }
            at = afterChunk(at);
        }
        return null;
    }

    private String cnameIn(int firstItem) {
        int item = firstItem;
        while (datagram.get(item) != 0) {
            int length = datagram.get(item + 1) & 0xff;
            if (datagram.get(item) == RtcpType.CNAME) {
                byte[] text = new byte[length];
                datagram.get(item + 2, text);
                return new String(text, StandardCharsets.UTF_8);
            }
            item += 2 + length;
        }
        return null;
    }

    private long word(int at) {
        return (datagram.get(at) & 0xffL) << 24
                | (datagram.get(at + 1) & 0xff) << 16
                | (datagram.get(at + 2) & 0xff) << 8
                | datagram.get(at + 3) & 0xff;
    }
}
