package io.siprec.rtp.srtp;

import java.util.List;

/** The master keys of one negotiation and what was seen under them: a crypto context per SSRC (RFC 3711 §3.2). */
final class ReceiveContext {
    /**
     * After so many packets in a row that weren't authentic, the next rollover count is tried too: an outage of more than 32,768
     * packets must not cost the rest of the call.
     */
    static final int FAILURES_BEFORE_NEXT_ROC = 64;

    private static final long ROC = 1L << 16;

    private final List<SrtpKeys> keys;
    private final MasterKey[] masters;
    private final IndexTable rtp = new IndexTable();
    private final IndexTable rtcp = new IndexTable();

    /** Keeps the keys. */
    ReceiveContext(List<SrtpKeys> keys) {
        this.keys = keys;
        this.masters = keys.stream().map(MasterKey::new).toArray(MasterKey[]::new);
    }

    boolean isFor(List<SrtpKeys> others) {
        return keys.equals(others);
    }

    void destroy() {
        keys.forEach(SrtpKeys::destroy);
    }

    /**
     * Opens the SRTP packet in the scratch memory.
     *
     * @param before what the keys before these saw, or null: some senders keep the rollover count across a new key
     */
    SrtpOutcome openRtp(SrtpScratch s, int length, ReceiveContext before) {
        s.endBytes = length - masters[0].rtpTrailerBytes();
        s.clearBytes = s.rtpHeaderBytes(s.endBytes);
        if (s.clearBytes < 0) {
            return SrtpOutcome.MALFORMED;
        }
        MasterKey master = ofRtp(s);
        if (master == null) {
            return SrtpOutcome.UNKNOWN_MKI;
        }
        int sequence = s.int32(0) & 0xffff;
        int ssrc = s.int32(8);
        IndexWindow window = rtp.find(ssrc);
        return window == null
                ? openFirst(master, s, ssrc, sequence, before)
                : openNext(master, s, window, window.estimate(sequence));
    }

    private MasterKey ofRtp(SrtpScratch s) {
        for (MasterKey master : masters) {
            if (master.isNamedByRtp(s, s.endBytes)) {
                return master;
            }
        }
        return null;
    }

    private SrtpOutcome openNext(MasterKey master, SrtpScratch s, IndexWindow window, long index) {
        if (!window.isNew(index)) {
            return SrtpOutcome.REPLAYED;
        }
        if (open(master, s, window.ssrc, index)) {
            window.accept(index);
            return SrtpOutcome.ACCEPTED;
        }
        window.failures++;
        if (window.failures > FAILURES_BEFORE_NEXT_ROC && open(master, s, window.ssrc, index + ROC)) {
            window.accept(index + ROC);
            return SrtpOutcome.ACCEPTED;
        }
        return SrtpOutcome.NOT_AUTHENTIC;
    }

    /** Nothing is kept of an SSRC until the key has spoken for it. */
    private SrtpOutcome openFirst(MasterKey master, SrtpScratch s, int ssrc, int sequence, ReceiveContext before) {
        long index = sequence;
        if (!open(master, s, ssrc, index)) {
            IndexWindow earlier = before == null ? null : before.rtp.find(ssrc);
            index = earlier == null ? -1 : earlier.estimate(sequence);
            if (index < ROC || !open(master, s, ssrc, index)) {
                return SrtpOutcome.NOT_AUTHENTIC;
            }
        }
        return begin(rtp, ssrc, index);
    }

    private static boolean open(MasterKey master, SrtpScratch s, int ssrc, long index) {
        int roc = (int) (index >>> 16);
        return master.rtp.open(s, s.clearBytes, s.endBytes, master.rtpTagAt(s.endBytes), roc, ssrc, index);
    }

    private static SrtpOutcome begin(IndexTable table, int ssrc, long index) {
        if (table.isFull()) {
            return SrtpOutcome.TOO_MANY_SSRCS;
        }
        table.add(ssrc).accept(index);
        return SrtpOutcome.ACCEPTED;
    }

    /** Opens the SRTCP packet in the scratch memory. */
    SrtpOutcome openRtcp(SrtpScratch s, int length) {
        s.endBytes = length - masters[0].rtcpTrailerBytes();
        if (s.endBytes < MasterKey.RTCP_HEADER_BYTES || (s.packet[0] & 0xc0) != 0x80) {
            return SrtpOutcome.MALFORMED;
        }
        MasterKey master = ofRtcp(s);
        if (master == null) {
            return SrtpOutcome.UNKNOWN_MKI;
        }
        int word = s.int32(master.rtcpWordAt(s.endBytes));
        boolean encrypted = word < 0;
        long index = word & 0x7fff_ffff;
        s.clearBytes = encrypted ? MasterKey.RTCP_HEADER_BYTES : s.endBytes;
        int ssrc = s.int32(4);
        IndexWindow window = rtcp.find(ssrc);
        if (window != null && !window.isNew(index)) {
            return SrtpOutcome.REPLAYED;
        }
        if (!master.rtcp.open(s, s.clearBytes, s.endBytes, master.rtcpTagAt(s.endBytes), word, ssrc, index)) {
            return SrtpOutcome.NOT_AUTHENTIC;
        }
        if (window == null) {
            return begin(rtcp, ssrc, index);
        }
        window.accept(index);
        return SrtpOutcome.ACCEPTED;
    }

    private MasterKey ofRtcp(SrtpScratch s) {
        for (MasterKey master : masters) {
            if (master.isNamedByRtcp(s, s.endBytes)) {
                return master;
            }
        }
        return null;
    }
}
