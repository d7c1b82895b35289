package io.siprec.rtp.srtp;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Opens the SRTP and SRTCP packets of one peer, in place. A packet is authenticated before anything of it is used, and each
 * SSRC has its own rollover count and replay window (RFC 3711 §3.3, §3.4). One thread at a time.
 */
public final class SrtpReceiver {
    /** The most master keys of one negotiation. */
    public static final int MAX_KEYS = 16;

    /** So many packets under new keys end the use of those before. */
    static final int PACKETS_OF_OVERLAP = IndexWindow.SIZE;

    private SrtpScratch scratch;
    private final long[] rtpCounts = new long[SrtpOutcome.values().length];
    private final long[] rtcpCounts = new long[rtpCounts.length];
    private ReceiveContext current;
    private ReceiveContext previous; // null when its keys serve no longer
    private int underCurrent; // packets accepted while there was a previous context

    /**
     * A receiver that has seen nothing.
     *
     * @param keys what the peer announced; copied. Several must be of one suite and have MKIs of one length, all different
     * @throws IllegalArgumentException when they don't go together
     */
    public SrtpReceiver(List<SrtpKeys> keys, SrtpScratch scratch) {
        this.scratch = scratch;
        this.current = new ReceiveContext(copies(keys));
    }

    /**
     * Checks that keys can serve one receiver.
     *
     * @throws IllegalArgumentException when they are none or too many, differ in suite or length of MKI, or share an MKI
     */
    public static void check(List<SrtpKeys> keys) {
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("1.." + MAX_KEYS + " master keys, not " + keys.size());
        }
        SrtpKeys first = keys.get(0);
        for (SrtpKeys other : keys) {
            if (other.suite() != first.suite() || other.mki().length != first.mki().length) {
                throw new IllegalArgumentException("master keys must share a suite and a length of MKI");
            }
        }
        if (keys.stream().map(k -> ByteBuffer.wrap(k.mki())).distinct().count() != keys.size()) {
            throw new IllegalArgumentException("each of several master keys needs an MKI of its own");
        }
    }

    private static List<SrtpKeys> copies(List<SrtpKeys> keys) {
        check(keys);
        return keys.stream().map(SrtpKeys::copy).toList();
    }

    /** Goes on with this memory, on the thread that it belongs to. */
    public void workOn(SrtpScratch memory) {
        scratch = memory;
    }

    /**
     * Takes the keys of a new offer or answer. The same ones change nothing: rollover counts and replay windows stay. New ones
     * begin anew (RFC 4568 §7.1.4); packets under those before are opened until {@value #PACKETS_OF_OVERLAP} came under the new
     * ones, for they may still be on the way.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public void rekey(List<SrtpKeys> keys) {
        List<SrtpKeys> copies = copies(keys);
        if (current.isFor(copies)) {
            copies.forEach(SrtpKeys::destroy);
            return;
        }
        ReceiveContext next;
        if (previous != null && previous.isFor(copies)) {
            copies.forEach(SrtpKeys::destroy);
            next = previous;
        } else {
            dropPrevious();
            next = new ReceiveContext(copies);
        }
        previous = current;
        current = next;
        underCurrent = 0;
    }

    private void dropPrevious() {
        if (previous != null) {
            previous.destroy();
            previous = null;
        }
    }

    /**
     * Opens one SRTP packet. To be done before {@link io.siprec.rtp.RtpPacket#parse}, because the count of padding is encrypted.
     *
     * @param packet between position and limit; when accepted, it holds the RTP packet in clear and its limit is moved to the end
     *     of that; else it is unchanged
     */
    public SrtpOutcome unprotect(ByteBuffer packet) {
        SrtpOutcome outcome = load(packet) ? openRtp(packet.remaining()) : SrtpOutcome.MALFORMED;
        rtpCounts[outcome.ordinal()]++;
        return finish(outcome, packet);
    }

    private SrtpOutcome openRtp(int length) {
        SrtpOutcome outcome = current.openRtp(scratch, length, previous);
        if (previous == null) {
            return outcome;
        }
        if (outcome == SrtpOutcome.ACCEPTED) {
            if (++underCurrent >= PACKETS_OF_OVERLAP) {
                dropPrevious();
            }
            return outcome;
        }
        boolean older = previous.openRtp(scratch, length, null) == SrtpOutcome.ACCEPTED;
        return older ? SrtpOutcome.ACCEPTED : outcome;
    }

    /** Opens one SRTCP packet, as {@link #unprotect} does an SRTP one. Accepts one that is authentic but not encrypted. */
    public SrtpOutcome unprotectRtcp(ByteBuffer packet) {
        SrtpOutcome outcome = load(packet) ? openRtcp(packet.remaining()) : SrtpOutcome.MALFORMED;
        rtcpCounts[outcome.ordinal()]++;
        return finish(outcome, packet);
    }

    private SrtpOutcome openRtcp(int length) {
        SrtpOutcome outcome = current.openRtcp(scratch, length);
        if (outcome == SrtpOutcome.ACCEPTED || previous == null) {
            return outcome;
        }
        return previous.openRtcp(scratch, length) == SrtpOutcome.ACCEPTED ? SrtpOutcome.ACCEPTED : outcome;
    }

    private boolean load(ByteBuffer packet) {
        int length = packet.remaining();
        if (length > SrtpScratch.MAX_PACKET_BYTES) {
            return false;
        }
        packet.get(packet.position(), scratch.packet, 0, length);
        return true;
    }

    private SrtpOutcome finish(SrtpOutcome outcome, ByteBuffer packet) {
        if (outcome == SrtpOutcome.ACCEPTED) {
            int from = packet.position();
            int clear = scratch.clearBytes;
            packet.put(from + clear, scratch.packet, clear, scratch.endBytes - clear);
            packet.limit(from + scratch.endBytes);
        }
        return outcome;
    }

    /** How many SRTP packets had this outcome. */
    public long count(SrtpOutcome outcome) {
        return rtpCounts[outcome.ordinal()];
    }

    /** How many SRTCP packets had this outcome. */
    public long rtcpCount(SrtpOutcome outcome) {
        return rtcpCounts[outcome.ordinal()];
    }

    /** Wipes the master keys; the receiver must not be used any more. */
    public void destroy() {
        dropPrevious();
        current.destroy();
    }
}
