package io.siprec.rtp.internal;

import io.siprec.rtp.RtpPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Packets of sources that aren't trusted yet (RFC 3550 A.1), kept until two of a source are neighbours in sequence. Bounded:
 * the oldest packet of a source, and the least recent source, give way. What strangers can make a stream hold is
 * {@value #MAX_HELD_BYTES} bytes, whatever the size of their packets.
 */
final class Probation {
    static final int MAX_CANDIDATES = 4;
    static final int MAX_HELD = 16;
    static final int MAX_HELD_BYTES = 65_536;

    /** Larger buffers are not kept for the next packet. */
    private static final int USUAL_BYTES = 1_500;

    private final StreamCounters counters;
    private final Candidate[] candidates = new Candidate[MAX_CANDIDATES];
    private int used;
    private long uses;
    private SealedPacket sealed; // null when nobody asks for it

    Probation(StreamCounters counters) {
        this.counters = counters;
    }

    /** Keeps of each packet also how it was received; null when nobody asks for it. */
    void keepingSealed(SealedPacket value) {
        sealed = value;
    }

    /** Keeps a copy of a packet; the candidate when it has now passed, else null. */
    Candidate hold(ByteBuffer datagram, InetSocketAddress source, RtpPacket packet, long nowNanos, long sinceNanos) {
        Candidate candidate = find(source, packet.ssrc());
        candidate.lastUse = ++uses;
        boolean passed = candidate.hasNeighbour(packet.sequence());
        if (candidate.held == MAX_HELD) {
            candidate.dropOldest();
            countRefused(candidate.source, 1);
        }
        makeRoom(datagram.remaining());
        candidate.keep(datagram, packet.sequence(), nowNanos, sinceNanos);
        return passed ? candidate : null;
    }

    /** Whoever holds most gives way, so that large packets of a stranger don't cost a source its proof. */
    private void makeRoom(int bytes) {
        while (heldBytes() + bytes > MAX_HELD_BYTES) {
            Candidate heaviest = candidates[0];
            for (int i = 1; i < used; i++) {
                if (candidates[i].heldBytes() > heaviest.heldBytes()) {
                    heaviest = candidates[i];
                }
            }
            heaviest.dropOldest();
            countRefused(heaviest.source, 1);
        }
    }

    /** What is held now. */
    int heldBytes() {
        int bytes = 0;
        for (int i = 0; i < used; i++) {
            bytes += candidates[i].heldBytes();
        }
        return bytes;
    }

    private Candidate find(InetSocketAddress source, long ssrc) {
        Candidate victim = null;
        for (int i = 0; i < used; i++) {
            Candidate candidate = candidates[i];
            if (candidate.held > 0 && candidate.ssrc == ssrc && candidate.source.equals(source)) {
                return candidate;
            }
            if (victim == null || candidate.age() < victim.age()) {
                victim = candidate;
            }
        }
        if (used < MAX_CANDIDATES && (victim == null || victim.held > 0)) {
            victim = new Candidate(sealed);
            candidates[used++] = victim;
        }
        drop(victim);
        victim.source = source;
        victim.ssrc = ssrc;
        return victim;
    }

    /**
     * The accepted source has sent again: what others sent before proves nothing any more, so that two SSRCs that send at the
     * same time don't take turns. {@code exempt}, if not null, keeps its proofs.
     */
    void acceptedSourceSent(InetSocketAddress exempt) {
        for (int i = 0; i < used; i++) {
            Candidate candidate = candidates[i];
            if (!candidate.source.equals(exempt)) {
                candidate.provenFrom = candidate.held;
            }
        }
    }

    /** Of those from this source the one that sent last, or null. */
    Candidate newest(InetSocketAddress source) {
        Candidate newest = null;
        for (int i = 0; i < used; i++) {
            Candidate candidate = candidates[i];
            boolean wanted = candidate.held > 0 && candidate.source.equals(source);
            if (wanted && (newest == null || candidate.lastUse > newest.lastUse)) {
                newest = candidate;
            }
        }
        return newest;
    }

    /** Drops and counts every packet but those of {@code passed}. */
    void dropAllBut(Candidate passed) {
        for (int i = 0; i < used; i++) {
            if (candidates[i] != passed) {
                drop(candidates[i]);
            }
        }
    }

    private void drop(Candidate candidate) {
        countRefused(candidate.source, candidate.held);
        candidate.clear();
    }

    private void countRefused(InetSocketAddress source, int packets) {
        if (packets > 0 && source.equals(counters.source)) {
            counters.rejectedSsrc += packets;
        } else {
            counters.rejectedSource += packets;
        }
    }

    /** True when no packet is held. */
    boolean isEmpty() {
        for (int i = 0; i < used; i++) {
            if (candidates[i].held > 0) {
                return false;
            }
        }
        return true;
    }

    /** One source and SSRC. Its buffers are reused. */
    static final class Candidate {
        private final byte[][] packets = new byte[MAX_HELD][];
        private final int[] lengths = new int[MAX_HELD];
        private final int[] sequences = new int[MAX_HELD];
        private final long[] nowNanos = new long[MAX_HELD];
        private final long[] sinceNanos = new long[MAX_HELD];
        private final SealedPacket sealed;
        private final byte[][] sealedPackets;
        private InetSocketAddress source;
        private long ssrc;
        private int held;
        private int provenFrom;
        private long lastUse;

        private Candidate(SealedPacket sealed) {
            this.sealed = sealed;
            this.sealedPackets = new byte[sealed == null ? 0 : MAX_HELD][];
        }

        private boolean hasNeighbour(int sequence) {
            for (int i = provenFrom; i < held; i++) {
                int distance = (short) (sequence - sequences[i]);
                if (distance == 1 || distance == -1) {
                    return true;
                }
            }
            return false;
        }

        private void keep(ByteBuffer datagram, int sequence, long now, long since) {
            int length = datagram.remaining();
            if (packets[held] == null || packets[held].length < length) {
                packets[held] = new byte[length];
            }
            datagram.get(datagram.position(), packets[held], 0, length);
            lengths[held] = length;
            sequences[held] = sequence;
            nowNanos[held] = now;
            sinceNanos[held] = since;
            if (sealed != null) {
                sealedPackets[held] = sealed.copy();
            }
            held++;
        }

        private void dropOldest() {
            byte[] oldest = packets[0];
            int rest = held - 1;
            System.arraycopy(packets, 1, packets, 0, rest);
            System.arraycopy(lengths, 1, lengths, 0, rest);
            System.arraycopy(sequences, 1, sequences, 0, rest);
            System.arraycopy(nowNanos, 1, nowNanos, 0, rest);
            System.arraycopy(sinceNanos, 1, sinceNanos, 0, rest);
            packets[rest] = oldest.length > USUAL_BYTES ? null : oldest;
            if (sealed != null) {
                System.arraycopy(sealedPackets, 1, sealedPackets, 0, rest);
            }
            held = rest;
            provenFrom = Math.max(0, provenFrom - 1);
        }

        private long age() {
            return held == 0 ? -1 : lastUse;
        }

        private int heldBytes() {
            int bytes = 0;
            for (int i = 0; i < held; i++) {
                bytes += lengths[i];
            }
            return bytes;
        }

        void clear() {
            for (int i = 0; i < MAX_HELD; i++) {
                if (packets[i] != null && packets[i].length > USUAL_BYTES) {
                    packets[i] = null;
                }
            }
            held = 0;
            provenFrom = 0;
        }

        InetSocketAddress source() {
            return source;
        }

        long ssrc() {
            return ssrc;
        }

        int held() {
            return held;
        }

        int sequence(int index) {
            return sequences[index];
        }

        ByteBuffer packet(int index) {
            return ByteBuffer.wrap(packets[index], 0, lengths[index]);
        }

        /** Shows again how a packet was received. */
        void restoreSealed(int index) {
            if (sealed != null) {
                sealed.keep(ByteBuffer.wrap(sealedPackets[index]));
            }
        }

        long nowNanos(int index) {
            return nowNanos[index];
        }

        long sinceNanos(int index) {
            return sinceNanos[index];
        }
    }
}
