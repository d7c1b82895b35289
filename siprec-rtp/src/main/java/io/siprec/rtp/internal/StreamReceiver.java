package io.siprec.rtp.internal;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.RtpPacket;
import io.siprec.rtp.spi.AudioDecoder;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What happens to the packets of one stream, from the datagram to the timeline. Knows no socket and no thread; loop thread only.
 *
 * <p>Sources: the signalled address is accepted at once and wins whenever it sends; else the first source that sends two
 * packets in sequence. Then all others are refused, until the negotiation names another address. An SSRC change or a leap in
 * sequence must prove itself in the same way (RFC 3550 A.1); the packets that prove it are recorded.
 */
final class StreamReceiver {
    /** Longer datagrams than this are no audio. */
    static final int MAX_DATAGRAM_BYTES = 8_192;

    private static final long RELATCH_NANOS = 10_000_000_000L;

    private final StreamCounters counters;
    private final Timeline timeline;
    private final short[] pcm; // shared by the streams of a loop
    private final RtpPacket packet = new RtpPacket();
    private final SequenceTracker sequence = new SequenceTracker();
    private final Probation probation;

    private FormatTable formats;
    private InetSocketAddress signalled;
    private boolean receiving;
    private boolean relatching;
    private long relatchUntilNanos;

    StreamReceiver(
            StreamCounters counters,
            Timeline timeline,
            short[] pcm,
            List<AudioFormat> formats,
            Optional<InetSocketAddress> signalledSource,
            boolean receiving) {
        this.counters = counters;
        this.timeline = timeline;
        this.pcm = pcm;
        this.probation = new Probation(counters);
        this.formats = new FormatTable(formats);
        this.signalled = usable(signalledSource);
        this.receiving = receiving;
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
        formats = new FormatTable(newFormats);
        InetSocketAddress before = signalled;
        signalled = usable(signalledSource);
        if (signalled != null && !signalled.equals(before)) {
            relatching = true; // the peer may have moved, and not to where it says
            relatchUntilNanos = nowNanos + RELATCH_NANOS;
        }
        if (nowReceiving && !receiving) {
            sequence.restart(); // what was dropped meanwhile is not lost
        }
        receiving = nowReceiving;
    }

    boolean receiving() {
        return receiving;
    }

    /** Takes one datagram; its position and limit may be changed. */
    void onDatagram(ByteBuffer datagram, InetSocketAddress source, long nowNanos, long sinceNanos) {
        counters.datagrams++;
        if (!receiving) {
            counters.rejectedInactive++;
        } else if (datagram.remaining() > MAX_DATAGRAM_BYTES || !packet.parse(datagram)) {
            counters.malformed++;
        } else if (formats.find(packet.payloadType()) == null) {
            counters.rejectedPayloadType++;
        } else {
            admit(datagram, source, nowNanos, sinceNanos);
        }
    }

    private void admit(ByteBuffer datagram, InetSocketAddress source, long nowNanos, long sinceNanos) {
        boolean accepted = source.equals(counters.source);
        boolean fromSignalled = source.equals(signalled);
        if (counters.ssrc < 0 && fromSignalled) {
            latch(source, packet.ssrc());
            record(datagram, nowNanos, sinceNanos);
        } else if ((accepted || fromSignalled)
                && packet.ssrc() == counters.ssrc
                && !sequence.jumps(packet.sequence())) {
            takeFrom(source, accepted, fromSignalled);
            record(datagram, nowNanos, sinceNanos);
        } else if (accepted || fromSignalled || counters.ssrc < 0 || mayMove(nowNanos)) {
            hold(datagram, source, nowNanos, sinceNanos);
        } else {
            counters.rejectedSource++;
        }
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
            sequence.restart();
        }
        for (int i = 0; i < passed.held(); i++) {
            ByteBuffer held = passed.packet(i);
            int distance = Math.abs((short) (passed.sequence(i) - proof));
            if (distance <= SequenceTracker.MAX_MISORDER && packet.parse(held)) {
                record(held, passed.nowNanos(i), passed.sinceNanos(i));
            } else {
                counters.rejectedSource++;
            }
        }
        passed.clear();
    }

    private void latch(InetSocketAddress source, long ssrc) {
        counters.source = source;
        relatching = false;
        if (ssrc != counters.ssrc) {
            counters.ssrc = ssrc;
            sequence.restart();
            timeline.forgetAnchor();
        }
    }

    private void record(ByteBuffer datagram, long nowNanos, long sinceNanos) {
        SequenceTracker.Verdict verdict = sequence.accept(packet.sequence());
        if (verdict == SequenceTracker.Verdict.DUPLICATE) {
            counters.duplicates++;
            return;
        }
        counters.received++;
        FormatTable.Format format = formats.find(packet.payloadType());
        counters.inComfortNoise = format != null && format.comfortNoise();
        if (format == null || format.silent()) {
            return; // a format can go while its packets are on probation
        }
        int samples = decode(format.decoder(), datagram);
        boolean newest = verdict == SequenceTracker.Verdict.NEXT;
        if (samples < 0) {
            counters.undecodable++;
        } else if (samples > 0 && !timeline.place(packet.timestamp(), pcm, samples, newest, nowNanos, sinceNanos)) {
            counters.late++;
        }
    }

    private int decode(AudioDecoder decoder, ByteBuffer datagram) {
        if (decoder == null) {
            return -1;
        }
        int start = packet.payloadStart();
        datagram.limit(start + packet.payloadLength()).position(start);
        return decoder.decode(datagram, pcm);
    }

    /** Called once per sweep, after the socket is empty. */
    void endSweep(long nowNanos) {
        timeline.tick(nowNanos);
        counters.expected = sequence.expected();
        counters.publish();
    }

    /** Flushes the rest; what never passed probation is counted as refused. */
    void finish(long nowNanos) {
        probation.dropAllBut(null);
        timeline.finish(nowNanos);
        counters.expected = sequence.expected();
        counters.publish();
    }
}
