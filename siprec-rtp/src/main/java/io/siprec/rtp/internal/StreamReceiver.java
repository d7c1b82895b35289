package io.siprec.rtp.internal;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.RtpPacket;
import io.siprec.rtp.SourceRule;
import io.siprec.rtp.StreamStatistics.Listening;
import io.siprec.rtp.internal.rtcp.Reception;
import io.siprec.rtp.internal.rtcp.RtcpReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What happens to the packets of one stream, from the datagram to the timeline. Knows no socket and no thread; loop thread only.
 *
 * <p>Sources: the signalled address is accepted at once and wins whenever it sends; else, unless the rule is strict, the first
 * source that sends two packets in sequence. Then all others are refused, until the negotiation names another address. An SSRC change or a leap in
 * sequence must prove itself in the same way (RFC 3550 A.1); the packets that prove it are recorded.
 */
final class StreamReceiver implements Reception {
    /** Longer datagrams than this are no audio. */
    static final int MAX_DATAGRAM_BYTES = 8_192;

    private static final long RELATCH_NANOS = 10_000_000_000L;
    private static final int MAX_STRAGGLE_SECONDS = 60; // no network keeps a packet for longer

    private final StreamCounters counters;
    private final Timeline timeline;
    private final RtpPacket packet = new RtpPacket();
    private final SequenceTracker sequence = new SequenceTracker();
    private final Probation probation;
    private final PauseBarrier barrier = new PauseBarrier();
    private final ArrivalMeter arrivals;
    private final AudioIntake audio;
    private final StreamSrtp srtp; // null for plain RTP
    private final boolean signalledOnly;
    private StreamCapture capture; // null for none

    private InetSocketAddress signalled;
    private InetSocketAddress comparedSource;
    private InetSocketAddress comparedSignalled;
    private boolean sourceIsSignalled;
    private boolean receiving;
    private boolean paused;
    private long expectedAtLatch; // of former SSRCs, as is the next
    private long receivedAtLatch;
    private long elsewhere; // packets of the recorded SSRC that were refused for their source
    private long refusedBefore; // until a packet was taken last
    private boolean relatching;
    private long relatchUntilNanos;

    /** @param srtp null for plain RTP */
    StreamReceiver(
            StreamCounters counters,
            Timeline timeline,
            short[] pcm,
            List<AudioFormat> formats,
            Optional<InetSocketAddress> signalledSource,
            SourceRule sources,
            boolean receiving,
            StreamSrtp srtp) {
        this.counters = counters;
        this.timeline = timeline;
        this.arrivals = new ArrivalMeter(counters);
        this.audio = new AudioIntake(counters, timeline, arrivals, packet, pcm, formats);
        this.probation = new Probation(counters);
        this.signalled = usable(signalledSource);
        this.receiving = receiving;
        this.srtp = srtp;
        this.signalledOnly = sources == SourceRule.STRICT;
        listen();
    }

    /** Captures packets. Before the first one. */
    void capture(StreamCapture value) {
        capture = value;
        probation.keepingSealed(value.sealed());
    }

    private static InetSocketAddress usable(Optional<InetSocketAddress> source) {
        return source.filter(address ->
                        !address.isUnresolved() && !address.getAddress().isAnyLocalAddress() && address.getPort() != 0)
                .orElse(null);
    }

    void update(
            List<AudioFormat> newFormats,
            Optional<InetSocketAddress> signalledSource,
            boolean nowReceiving,
            long nowNanos) {
        audio.negotiated(newFormats);
        if (capture != null) {
            capture.negotiated(newFormats, nowNanos);
        }
        InetSocketAddress before = signalled;
        signalled = usable(signalledSource);
        if (signalled != null && !signalled.equals(before)) {
            relatching = true; // the peer may have moved, and not to where it says
            relatchUntilNanos = nowNanos + RELATCH_NANOS;
        }
        if (nowReceiving && !receiving) {
            sequence.restart(); // what was dropped meanwhile is not lost
            refusedBefore = refused();
            arrivals.resume(); // nor is a clock that stood still jitter
        }
        receiving = nowReceiving;
        listen();
        recordEarly();
    }

    /** Audio may overtake the answer that says where it comes from: what waits from there has proven itself by that. */
    private void recordEarly() {
        Probation.Candidate early = counters.ssrc < 0 && signalled != null ? probation.newest(signalled) : null;
        if (early != null) {
            probation.dropAllBut(early);
            latch(early.source(), early.ssrc());
            recordHeld(early);
        }
    }

    /** Drops packets from now on: none that comes or was sent before {@link #resume} is recorded. */
    void pause() {
        paused = true;
        probation.dropAllBut(null);
        listen();
    }

    void resume() {
        paused = false;
        refusedBefore = refused();
        sequence.restart();
        arrivals.resume();
        listen();
    }

    /** Another loop takes over, with this memory. */
    void workOn(short[] pcm) {
        audio.workOn(pcm);
    }

    /** True once audio came whose decoding is costly. */
    boolean costly() {
        return audio.costly();
    }

    boolean paused() {
        return paused;
    }

    private void listen() {
        if (paused) {
            counters.listening = Listening.PAUSED;
            timeline.interlude().paused();
        } else if (!receiving) {
            counters.listening = Listening.INACTIVE;
            timeline.interlude().held();
        } else {
            counters.listening = Listening.RECEIVING;
        }
    }

    boolean receiving() {
        return receiving;
    }

    /** True while packets are recorded. */
    boolean recording() {
        return receiving && !paused;
    }

    /** Packets so far that gave no audio. */
    long undecodable() {
        return counters.undecodable;
    }

    /** Takes one datagram; its position and limit may be changed. */
    void onDatagram(ByteBuffer datagram, InetSocketAddress source, long nowNanos, long sinceNanos) {
        counters.datagrams++;
        if (capture != null) {
            capture.arrived(datagram);
        }
        // Also what is dropped is opened: the rollover count goes on.
        if (srtp != null && !srtp.open(datagram)) {
            return;
        }
        if (paused) {
            counters.rejectedPaused++;
            watchPaused(datagram);
        } else if (!receiving) {
            counters.rejectedInactive++;
        } else if (datagram.remaining() > MAX_DATAGRAM_BYTES || !packet.parse(datagram)) {
            counters.malformed++;
        } else if (!audio.takes(packet.payloadType())) {
            counters.rejectedPayloadType++;
        } else {
            admit(datagram, source, nowNanos, sinceNanos);
        }
    }

    private void watchPaused(ByteBuffer datagram) {
        if (packet.parse(datagram) && packet.ssrc() == counters.ssrc) {
            barrier.saw(packet.sequence());
        }
    }

    private void admit(ByteBuffer datagram, InetSocketAddress source, long nowNanos, long sinceNanos) {
        boolean accepted = source == counters.source || source.equals(counters.source);
        boolean fromSignalled = isSignalled(source);
        if (signalledOnly && !fromSignalled) {
            refuse(datagram, source, nowNanos, sinceNanos);
        } else if (counters.ssrc < 0 && fromSignalled) {
            latch(source, packet.ssrc());
            record(datagram, nowNanos, sinceNanos);
        } else if ((accepted || fromSignalled)
                && packet.ssrc() == counters.ssrc
                && (!sequence.jumps(packet.sequence()) || straggles())) {
            takeFrom(source, accepted, fromSignalled);
            record(datagram, nowNanos, sinceNanos);
        } else if (accepted || fromSignalled || counters.ssrc < 0 || mayMove(nowNanos)) {
            hold(datagram, source, nowNanos, sinceNanos);
        } else {
            refuseSource();
        }
    }

    private void refuseSource() {
        counters.rejectedSource++;
        elsewhere += packet.ssrc() == counters.ssrc ? 1 : 0;
    }

    /** Packets that may be the sender's, and were refused. */
    private long refused() {
        return counters.rejectedAuthentication + counters.rejectedPayloadType + elsewhere;
    }

    /**
     * A packet from further back than a restart may look like (RFC 3550 A.1), yet one that is missing, with a timestamp that lies back
     * as well: two of them must not be taken for the sender's restart.
     */
    private boolean straggles() {
        int ticksBack = (int) (timeline.newestTimestamp() - packet.timestamp());
        return sequence.misses(packet.sequence())
                && ticksBack > 0
                && ticksBack < MAX_STRAGGLE_SECONDS * timeline.clockRateHz();
    }

    /** Before any address is signalled, the answer may name this one yet. */
    private void refuse(ByteBuffer datagram, InetSocketAddress source, long nowNanos, long sinceNanos) {
        if (signalled == null && counters.ssrc < 0) {
            probation.hold(datagram, source, packet, nowNanos, sinceNanos);
        } else {
            refuseSource();
        }
    }

    /** A socket hands out one address as long as the source stays the same: it is compared once. */
    private boolean isSignalled(InetSocketAddress source) {
        if (source != comparedSource || signalled != comparedSignalled) {
            comparedSource = source;
            comparedSignalled = signalled;
            sourceIsSignalled = source.equals(signalled);
        }
        return sourceIsSignalled;
    }

    private void takeFrom(InetSocketAddress source, boolean accepted, boolean fromSignalled) {
        if (!accepted) {
            counters.source = source;
        }
        if (fromSignalled) {
            relatching = false;
        }
        probation.acceptedSourceSent(fromSignalled ? null : signalled);
    }

    private boolean mayMove(long nowNanos) {
        relatching = relatching && nowNanos - relatchUntilNanos < 0;
        return relatching;
    }

    private void hold(ByteBuffer datagram, InetSocketAddress source, long nowNanos, long sinceNanos) {
        Probation.Candidate passed = probation.hold(datagram, source, packet, nowNanos, sinceNanos);
        if (passed == null) {
            return;
        }
        probation.dropAllBut(passed);
        latch(passed.source(), passed.ssrc());
        recordHeld(passed);
    }

    private void recordHeld(Probation.Candidate passed) {
        int proof = passed.sequence(passed.held() - 1);
        if (sequence.jumps(proof)) {
            leapOrRestart(proof, passed.packet(passed.held() - 1));
            barrier.forget();
        }
        for (int i = 0; i < passed.held(); i++) {
            ByteBuffer held = passed.packet(i);
            int distance = Math.abs((short) (passed.sequence(i) - proof));
            if (distance <= SequenceTracker.MAX_MISORDER && packet.parse(held)) {
                passed.restoreSealed(i);
                record(held, passed.nowNanos(i), passed.sinceNanos(i));
            } else {
                counters.rejectedSource++;
            }
        }
        passed.clear();
    }

    /** An outage of more than a minute is no restart: the sender's clock and its numbers have gone on together. */
    private void leapOrRestart(int proof, ByteBuffer datagram) {
        int missing = sequence.missingBefore(proof) - SequenceTracker.MAX_MISORDER;
        if (packet.parse(datagram) && timeline.wentOnFor(missing, packet.timestamp())) {
            sequence.leap();
        } else {
            sequence.restart();
        }
    }

    private void latch(InetSocketAddress source, long ssrc) {
        counters.source = source;
        relatching = false;
        if (ssrc != counters.ssrc) {
            counters.ssrc = ssrc;
            sequence.restart();
            expectedAtLatch = sequence.expected();
            receivedAtLatch = counters.received + counters.duplicates;
            barrier.forget();
            timeline.forgetAnchor();
        }
    }

    @Override
    public long ssrc() {
        return counters.ssrc;
    }

    @Override
    public InetSocketAddress source() {
        return counters.source;
    }

    /** Where the sender may be reached: where its packets come from, else where it says; null when neither is known. */
    InetSocketAddress peer() {
        return counters.source != null ? counters.source : signalled;
    }

    /** True for a payload type that was negotiated. */
    boolean takes(int payloadType) {
        return audio.takes(payloadType);
    }

    @Override
    public long expected() {
        return sequence.expected() - expectedAtLatch;
    }

    @Override
    public long received() {
        return counters.received + counters.duplicates - receivedAtLatch;
    }

    @Override
    public int extendedHighest() {
        return sequence.extendedHighest();
    }

    @Override
    public int jitterTicks() {
        return arrivals.jitterTicks();
    }

    /** True for datagrams on the RTP port that are RTCP: such as can't be of a payload type that was negotiated. */
    boolean isRtcp(ByteBuffer datagram) {
        return RtcpReader.looksLikeRtcp(datagram) && !audio.hasTypesOfRtcp();
    }

    private void record(ByteBuffer datagram, long nowNanos, long sinceNanos) {
        if (barrier.refuses(packet.sequence())) {
            counters.rejectedPaused++;
            return;
        }
        refusedBefore = refused();
        SequenceTracker.Verdict verdict = sequence.accept(packet.sequence());
        if (verdict == SequenceTracker.Verdict.DUPLICATE) {
            counters.duplicates++;
            if (capture != null) {
                capture.duplicate(datagram, nowNanos);
            }
            return;
        }
        arrivals.received(nowNanos);
        boolean newest = verdict == SequenceTracker.Verdict.NEXT;
        if (capture != null) {
            capture.taking(datagram, newest, sequence.skipped(), nowNanos, sinceNanos);
        }
        try {
            audio.take(datagram, newest, sequence.skipped(), nowNanos, sinceNanos);
        } finally {
            if (capture != null) {
                capture.taken(datagram); // also what a decoder fails on
            }
        }
    }

    /** Called once per sweep, after the socket is empty. */
    void endSweep(long nowNanos) {
        timeline.tick(nowNanos);
        if (capture != null) {
            capture.endSweep(timeline.flushed(), nowNanos);
        }
        publish(nowNanos);
    }

    private void publish(long nowNanos) {
        arrivals.endSweep(nowNanos);
        counters.expected = sequence.expected();
        counters.publish();
    }

    /** Flushes the rest; what never passed probation is counted as refused. */
    void finish(long nowNanos) {
        probation.dropAllBut(null);
        if (recording()) {
            timeline.refusedBehind(refused() - refusedBefore, nowNanos);
        }
        timeline.finish(nowNanos);
        if (capture != null) {
            capture.ended(nowNanos);
        }
        publish(nowNanos);
    }
}
