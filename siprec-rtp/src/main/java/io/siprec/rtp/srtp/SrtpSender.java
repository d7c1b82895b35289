package io.siprec.rtp.srtp;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/**
 * Protects RTP and RTCP packets for one peer, in place. Each SSRC has its own rollover count, from 0 on; an index is never used
 * twice (RFC 3711 §3.3, §9.1). One thread at a time.
 */
public final class SrtpSender {
    private static final long MAX_RTCP_INDEX = 0x7fff_ffffL;
    private static final long MAX_RTP_INDEX = (1L << 48) - 1;

    private SrtpScratch scratch;
    private SrtpKeys keys;
    private MasterKey master;
    private IndexTable rtp;
    private long nextRtcpIndex;

    /** A sender that has sent nothing; copies the keys. */
    public SrtpSender(SrtpKeys keys, SrtpScratch scratch) {
        this.scratch = scratch;
        begin(keys);
    }

    private void begin(SrtpKeys newKeys) {
        keys = newKeys.copy();
        master = new MasterKey(keys);
        rtp = new IndexTable();
        nextRtcpIndex = 0;
    }

    /** Goes on with this memory, on the thread that it belongs to. */
    public void workOn(SrtpScratch memory) {
        scratch = memory;
    }

    /** Goes on with other keys and a rollover count of 0 (RFC 4568 §7.1.4); the same keys change nothing. */
    public void rekey(SrtpKeys newKeys) {
        if (!keys.equals(newKeys)) {
            keys.destroy();
            begin(newKeys);
        }
    }

    /** By how many bytes an RTP packet grows. */
    public int rtpOverheadBytes() {
        return master.rtpTrailerBytes();
    }

    /** By how many bytes an RTCP packet grows. */
    public int rtcpOverheadBytes() {
        return master.rtcpTrailerBytes();
    }

    /**
     * Protects the RTP packet between position and limit; the limit is moved to the end of the longer one.
     *
     * @throws IllegalArgumentException when it is no RTP packet, or too long
     * @throws BufferOverflowException when there is no room behind the limit
     * @throws IllegalStateException when its sequence number was sent already, is far behind the highest, or comes from more
     *     SSRCs than a key serves: to send it would weaken the key
     */
    public void protect(ByteBuffer packet) {
        int end = load(packet, rtpOverheadBytes());
        int clear = scratch.rtpHeaderBytes(end);
        if (clear < 0) {
            throw new IllegalArgumentException("not an RTP packet");
        }
        int ssrc = scratch.int32(8);
        IndexWindow window = window(ssrc);
        long index = window.estimate(scratch.int32(0) & 0xffff);
        if (!window.isNew(index) || index > MAX_RTP_INDEX) {
            throw new IllegalStateException("packet index " + index + " was used, or can't be");
        }
        window.accept(index);
        master.rtp.seal(scratch, clear, end, master.rtpTagAt(end), (int) (index >>> 16), ssrc, index);
        master.nameRtp(scratch, end);
        finish(packet, clear, end + rtpOverheadBytes());
    }

    private IndexWindow window(int ssrc) {
        IndexWindow window = rtp.find(ssrc);
        if (window == null && rtp.isFull()) {
            throw new IllegalStateException("a key serves at most " + IndexTable.MAX_SSRCS + " SSRCs");
        }
        return window == null ? rtp.add(ssrc) : window;
    }

    /**
     * Protects the RTCP compound packet between position and limit; the limit is moved to the end of the longer one.
     *
     * @throws IllegalArgumentException when it is no RTCP packet, or too long
     * @throws BufferOverflowException when there is no room behind the limit
     * @throws IllegalStateException when the key has protected 2^31 packets
     */
    public void protectRtcp(ByteBuffer packet) {
        int end = load(packet, rtcpOverheadBytes());
        if (end < MasterKey.RTCP_HEADER_BYTES || (scratch.packet[0] & 0xc0) != 0x80) {
            throw new IllegalArgumentException("not an RTCP packet");
        }
        if (nextRtcpIndex > MAX_RTCP_INDEX) {
            throw new IllegalStateException("the key has protected 2^31 RTCP packets");
        }
        int clear = MasterKey.RTCP_HEADER_BYTES;
        int word = (int) nextRtcpIndex | 0x8000_0000;
        int ssrc = scratch.int32(4);
        scratch.int32(master.rtcpWordAt(end), word); // where it doesn't get into the way of the tag
        master.rtcp.seal(scratch, clear, end, master.rtcpTagAt(end), word, ssrc, nextRtcpIndex++);
        master.nameRtcp(scratch, end);
        finish(packet, clear, end + rtcpOverheadBytes());
    }

    private int load(ByteBuffer packet, int overhead) {
        int length = packet.remaining();
        if (length + overhead > SrtpScratch.MAX_PACKET_BYTES) {
            throw new IllegalArgumentException("over " + SrtpScratch.MAX_PACKET_BYTES + " bytes with the tag");
        }
        if (packet.capacity() - packet.limit() < overhead) {
            throw new BufferOverflowException();
        }
        packet.get(packet.position(), scratch.packet, 0, length);
        return length;
    }

    private void finish(ByteBuffer packet, int clear, int length) {
        int from = packet.position();
        packet.limit(from + length);
        packet.put(from + clear, scratch.packet, clear, length - clear);
    }

    /** Wipes the master key; the sender must not be used any more. */
    public void destroy() {
        keys.destroy();
    }
}
