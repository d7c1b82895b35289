package io.siprec.rtp.internal;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.Gap;
import io.siprec.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.List;

/** Turns the packets of the accepted source into audio at its place. Loop thread only. */
final class AudioIntake {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final StreamCounters counters;
    private final Timeline timeline;
    private final ArrivalMeter arrivals;
    private final RtpPacket packet; // the receiver's, which has parsed the datagram
    private short[] pcm; // shared by the streams of a loop
    private boolean costly;
    private FormatTable formats;

    AudioIntake(
            StreamCounters counters,
            Timeline timeline,
            ArrivalMeter arrivals,
            RtpPacket packet,
            short[] pcm,
            List<AudioFormat> formats) {
        this.counters = counters;
        this.timeline = timeline;
        this.arrivals = arrivals;
        this.packet = packet;
        this.pcm = pcm;
        this.formats = new FormatTable(formats, null);
    }

    /** Another loop takes over, with this memory. */
    void workOn(short[] memory) {
        pcm = memory;
    }

    /** True once audio came whose decoding is costly. */
    boolean costly() {
        return costly;
    }

    void negotiated(List<AudioFormat> newFormats) {
        formats = new FormatTable(newFormats, formats);
    }

    /** True for a payload type that was negotiated. */
    boolean takes(int payloadType) {
        return formats.find(payloadType) != null;
    }

    /** See {@link FormatTable#hasTypesOfRtcp}. */
    boolean hasTypesOfRtcp() {
        return formats.hasTypesOfRtcp();
    }

    /**
     * Takes a packet that is no duplicate.
     *
     * @param newest true when its sequence number is the highest so far
     * @param skipped how many numbers are missing right before it
     */
    void take(ByteBuffer datagram, boolean newest, int skipped, long nowNanos, long sinceNanos) {
        FormatTable.Format format = formats.find(packet.payloadType());
        counters.inComfortNoise = format != null && format.comfortNoise();
        if (skipped > 0) {
            noteLost(format, datagram, skipped, nowNanos, sinceNanos);
        }
        if (format == null || format.silent()) {
            withoutAudio(format, datagram, newest, nowNanos); // a format can go while its packets are on probation
            return;
        }
        costly |= format.costly();
        int samples = decode(format, datagram, newest);
        if (samples < 0) {
            undecodable(newest);
        } else if (samples > 0) {
            if (!timeline.open()) {
                timeline.open(format.format(), format.sampleRateHz());
            }
            if (newest) {
                long packetNanos = samples * NANOS_PER_SECOND / timeline.sampleRateHz();
                arrivals.newest(packet.timestamp(), format.clockRateHz(), Math.min(nowNanos - sinceNanos, packetNanos));
            }
            place(format, datagram, samples, newest, nowNanos, sinceNanos);
        }
    }

    /** Packets are missing before this one; it may repeat the last of them (RFC 7587 §3.3). */
    private void noteLost(FormatTable.Format format, ByteBuffer datagram, int skipped, long nowNanos, long sinceNanos) {
        int samples = 0;
        if (format != null && timeline.open()) {
            samples = format.recover(payload(datagram), pcm, timeline.sampleRateHz());
        }
        timeline.interlude().lost(skipped - (samples > 0 ? 1 : 0));
        if (samples > 0) {
            long ticks = (long) samples * format.clockRateHz() / timeline.sampleRateHz();
            long timestamp = packet.timestamp() - ticks & 0xffff_ffffL;
            timeline.place(timestamp, format.clockRateHz(), pcm, samples, false, nowNanos, sinceNanos);
            counters.recovered++;
        }
    }

    private void undecodable(boolean newest) {
        counters.undecodable++;
        if (newest) {
            timeline.interlude().undecodable();
        } else {
            timeline.cameWithoutAudio(packet.timestamp(), Gap.Cause.UNDECODABLE);
        }
    }

    private void withoutAudio(FormatTable.Format format, ByteBuffer datagram, boolean newest, long nowNanos) {
        boolean known = format != null && !format.comfortNoise() && event(format, datagram, newest, nowNanos);
        if (newest) {
            timeline.interlude().withoutAudio();
        } else if (!known) { // the place of an event that is known was never taken for lost
            timeline.cameWithoutAudio(packet.timestamp(), Gap.Cause.NO_AUDIO);
        }
        if (format != null && format.comfortNoise()) {
            counters.comfortNoise++;
        } else if (format != null) {
            counters.events++;
        }
    }

    private boolean event(FormatTable.Format format, ByteBuffer datagram, boolean newest, long nowNanos) {
        boolean marker = packet.marker();
        return timeline.events()
                .take(payload(datagram), packet.timestamp(), marker, newest, format.clockRateHz(), nowNanos);
    }

    private void place(
            FormatTable.Format format,
            ByteBuffer datagram,
            int samples,
            boolean newest,
            long nowNanos,
            long sinceNanos) {
        counters.audio++;
        if (DigitalSilence.in(pcm, samples)) {
            counters.silentAudio++;
        }
        if (!timeline.place(packet.timestamp(), format.clockRateHz(), pcm, samples, newest, nowNanos, sinceNanos)) {
            counters.late++;
        } else if (packet.csrcCount() > 0) {
            timeline.contributed(packet, datagram, samples);
        }
    }

    private int decode(FormatTable.Format format, ByteBuffer datagram, boolean newest) {
        int rateHz = timeline.open() ? timeline.sampleRateHz() : format.sampleRateHz();
        try {
            return format.decode(payload(datagram), pcm, rateHz);
        } catch (RuntimeException e) {
            undecodable(newest); // a decoder that fails is told in the log, and its packet is missing all the same
            throw e;
        }
    }

    private ByteBuffer payload(ByteBuffer datagram) {
        int start = packet.payloadStart();
        return datagram.limit(start + packet.payloadLength()).position(start);
    }
}
