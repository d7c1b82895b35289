package io.siprec.rtp.internal.rtcp;

import io.siprec.rtp.RtcpSettings;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/** RTCP of one stream: takes what its sender reports, and writes our reports. Loop thread only. */
public final class RtcpSession {
    private static final long COLLISION_NANOS = 10_000_000_000L;
    private static final long DEFAULT_SENDER_BITS = 1_000;
    private static final long DEFAULT_RECEIVER_BITS = 3_000;

    private final Reception reception;
    private final byte[] cname;
    private final SplittableRandom random;
    private final RtcpCounters counters;
    private final RtcpReader reader = new RtcpReader();
    private final RtcpTarget target = new RtcpTarget();
    private final ReportBlock block = new ReportBlock();
    private final SenderClock senderClock = new SenderClock();

    private RtcpSchedule
            schedule; // null while we report nothing: before the first packet, and where it is switched off
    private RtcpSettings settings;
    private long ssrc;
    private long formerSsrc = -1; // has still to say goodbye
    private long watchedSsrc = -1;
    private long receivedAtReport = -1;
    private long receivedAtBye = -1;
    private boolean collided;
    private long collisionNanos;

    /** @param cname ours, of the recording */
    public RtcpSession(Reception reception, byte[] cname, SplittableRandom random, RtcpCounters counters) {
        this.reception = reception;
        this.cname = cname;
        this.random = random;
        this.counters = counters;
        this.ssrc = newSsrc();
    }

    private long newSsrc() {
        long fresh = random.nextInt() & 0xffff_ffffL;
        return fresh == ssrc || fresh == reception.ssrc() ? newSsrc() : fresh;
    }

    /** Ours, at this time. */
    public long ssrc() {
        return ssrc;
    }

    /** What was negotiated, at first and again. {@code rtp} is where the sender takes RTP. */
    public void negotiated(RtcpSettings newSettings, Optional<InetSocketAddress> rtp) {
        settings = newSettings;
        target.signalled(newSettings, rtp);
        if (off()) {
            schedule = null;
        }
    }

    private boolean off() {
        return settings.receiverBitsPerSecond().orElse(DEFAULT_RECEIVER_BITS) == 0;
    }

    /** Takes one datagram; false when it is none of the recorded source. */
    public boolean onDatagram(ByteBuffer datagram, InetSocketAddress source, long nowNanos) {
        counters.received++;
        if (!reader.begin(datagram)) {
            counters.malformed++;
            return false;
        }
        watchSource();
        boolean trusted = target.trusts(source, reception.source());
        boolean known = false;
        while (reader.next()) {
            known |= trusted && take(nowNanos);
        }
        if (!known) {
            counters.foreign++;
            return false;
        }
        target.proven(source);
        if (schedule != null) {
            schedule.counted(datagram.remaining());
        }
        return true;
    }

    /** True for a packet of the recorded source. */
    private boolean take(long nowNanos) {
        if (!reader.hasSsrc()) {
            return false;
        }
        long sender = reader.ssrc(0);
        if (sender == ssrc) {
            collide(nowNanos);
            return false;
        }
        if (reader.type() == RtcpType.BYE) {
            return takeBye();
        }
        if (sender != reception.ssrc()) {
            return false;
        }
        if (reader.type() == RtcpType.SR) {
            senderClock.report(reader.ntpTimestamp(), reader.rtpTimestamp(), nowNanos);
            counters.senderReports++;
        } else if (reader.type() == RtcpType.SDES) {
            takeDescription();
        }
        return true;
    }

    private boolean takeBye() {
        for (int i = 0; i < reader.count(); i++) {
            if (reader.ssrc(i) == reception.ssrc()) {
                receivedAtBye = reception.received();
                counters.byes++;
                return true;
            }
        }
        return false;
    }

    private void takeDescription() {
        String name = reader.cname(reception.ssrc());
        if (name != null && !name.equals(counters.senderCname)) {
            counters.senderCname = name;
        }
    }

    /** Somebody else uses our SSRC (RFC 3550 §8.2). Not more often than a while: it may be our own echo. */
    private void collide(long nowNanos) {
        if (collided && nowNanos - collisionNanos < COLLISION_NANOS) {
            return;
        }
        collided = true;
        collisionNanos = nowNanos;
        formerSsrc = counters.sent > 0 ? ssrc : -1;
        ssrc = newSsrc();
        counters.collisions++;
    }

    private void watchSource() {
        if (reception.ssrc() != watchedSsrc) {
            watchedSsrc = reception.ssrc();
            senderClock.forget();
            receivedAtBye = -1;
            receivedAtReport = -1;
        }
    }

    /** True when the source said goodbye and sent nothing since. */
    private boolean left() {
        return receivedAtBye >= 0 && receivedAtBye == reception.received();
    }

    /** True when {@link #report} is to be called. */
    public boolean due(long nowNanos) {
        if (schedule == null) {
            begin(nowNanos);
            return false;
        }
        return formerSsrc >= 0 || schedule.due(nowNanos, 1);
    }

    /** The next time at which {@link #due} may be true, unless something is received before. */
    public long lookAgainNanos(long nowNanos) {
        return schedule == null || formerSsrc >= 0 ? nowNanos : schedule.nextNanos();
    }

    private void begin(long nowNanos) {
        boolean wanted = reception.ssrc() >= 0 || !settings.verifiedTargetsOnly();
        if (wanted && !off()) {
            schedule = new RtcpSchedule(
                    random,
                    settings.senderBitsPerSecond().orElse(DEFAULT_SENDER_BITS),
                    settings.receiverBitsPerSecond().orElse(DEFAULT_RECEIVER_BITS));
            schedule.start(nowNanos);
        }
    }

    /**
     * Writes the report that is due into {@code out}, from 0 to its limit.
     *
     * @return where it goes; null when nobody is there to whom it may
     */
    public InetSocketAddress report(ByteBuffer out, long nowNanos) {
        watchSource();
        if (reception.ssrc() == ssrc) {
            collide(nowNanos);
        }
        InetSocketAddress to = left() ? null : target.find(reception.source());
        long from = formerSsrc >= 0 ? formerSsrc : ssrc;
        RtcpWriter.begin(out);
        RtcpWriter.receiverReport(out, from, reportOn(nowNanos));
        RtcpWriter.description(out, from, cname);
        if (formerSsrc >= 0) {
            RtcpWriter.bye(out, formerSsrc);
            formerSsrc = -1;
        }
        out.flip();
        schedule.sent(nowNanos, to == null ? 0 : out.remaining(), 1);
        return to;
    }

    /** The block on the source, or null when it sent nothing since the last report. */
    private ReportBlock reportOn(long nowNanos) {
        if (reception.ssrc() < 0 || reception.received() == receivedAtReport) {
            return null;
        }
        receivedAtReport = reception.received();
        block.update(reception, senderClock.ntp(), senderClock.arrivalNanos(), nowNanos);
        return block;
    }

    /** Writes our goodbye (RFC 3550 §6.3.7); null when we never said a word. */
    public InetSocketAddress bye(ByteBuffer out, long nowNanos) {
        if (counters.sent == 0 || schedule == null) {
            return null;
        }
        watchSource();
        RtcpWriter.begin(out);
        RtcpWriter.receiverReport(out, ssrc, reportOn(nowNanos));
        RtcpWriter.description(out, ssrc, cname);
        RtcpWriter.bye(out, ssrc);
        out.flip();
        return target.find(reception.source());
    }

    /** Counts what was handed to the system, or refused by it. */
    public void sent(boolean accepted) {
        if (accepted) {
            counters.sent++;
        } else {
            counters.sendErrors++;
        }
    }

    /** True when our reports leave from the RTP port. */
    public boolean mux() {
        return settings.mux();
    }

    /** The sender's clock at an RTP timestamp of the present SSRC, when it told. */
    public Optional<Instant> senderTime(long unwrappedTimestamp, long newestUnwrapped, int clockRateHz) {
        watchSource();
        return senderClock.at(unwrappedTimestamp, newestUnwrapped, clockRateHz);
    }
}
