package io.siprec.rtp.internal;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.Contribution;
import io.siprec.rtp.Gap;
import io.siprec.rtp.RtpPacket;
import io.siprec.rtp.internal.event.EventTimeline;
import io.siprec.rtp.internal.event.TelephoneEvents;
import io.siprec.rtp.internal.tap.Tap;
import io.siprec.rtp.internal.tap.TapSet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The samples of one stream, addressed by RTP timestamp. Each packet is put at its place in any order; what is older than the
 * settle distance goes to the sink in blocks; a straggler behind that is written on its own. What never comes is silence.
 *
 * <p>Places are samples since the origin of the recording. They may be negative at the start, when the very first packets
 * are reordered; {@code shift} turns them into places of the file and is fixed by the first flush.
 */
final class Timeline implements EventTimeline {
    /** The most samples of one packet: 512 ms of 48 kHz. */
    static final int MAX_PACKET_SAMPLES = 24_576;

    private static final int REACH_MS = 2_048; // how far back a straggler is still put at its place
    private static final int RING_MS = 1_000; // over what waits for the next flush and a packet
    private static final int SETTLE_MS = 100;
    private static final int DEFAULT_RATE_HZ = 8_000;
    private static final int PAGE_SAMPLES = 2_048; // with those of the header before: a page of the file
    static final long FLUSH_NANOS = 600_000_000L; // longer than a block takes to fill at the lowest rate
    private static final int STRAY_SECONDS = 10;

    private final BlockSink sink;
    private final SampleClock clock;
    private final StreamCounters counters;
    private int sampleRateHz = DEFAULT_RATE_HZ; // set with the first audio, as are the next five
    private int straySamples;
    private int reachSamples;
    private int settleSamples;
    private short[] ring; // zero outside [edge, end); a power of two long
    private Contributions contributions = new Contributions(DEFAULT_RATE_HZ);
    private final GapList gaps = new GapList();
    private final Interlude interlude = new Interlude();
    private final TelephoneEvents events = new TelephoneEvents(this);
    private WrittenSilence writtenSilence; // null until there is any
    private TapSet taps; // null while there are none

    private boolean anchored;
    private int clockRateHz = DEFAULT_RATE_HZ; // of timestamps
    private long anchorTicks;
    private long anchorSample;
    private long lastTicks;

    private boolean begun;
    private boolean flushed;
    private long first;
    private long edge; // what is before it has been flushed
    private long end; // behind the last sample
    private long placedAt; // the packet that was placed last
    private int lastLength; // of the packet with the last sample
    private long shift;
    private long lastFlushNanos;
    private long lastPlacedNanos;

    Timeline(BlockSink sink, SampleClock clock, StreamCounters counters) {
        this.sink = sink;
        this.clock = clock;
        this.counters = counters;
    }

    /** The rate of the file; of one without audio, that of most. */
    @Override
    public int sampleRateHz() {
        return sampleRateHz;
    }

    /** True once the rate is that of the first audio. */
    boolean open() {
        return ring != null;
    }

    /** The first audio has this format and rate: so has the file. */
    void open(AudioFormat first, int rateHz) {
        sampleRateHz = rateHz;
        straySamples = STRAY_SECONDS * rateHz;
        reachSamples = REACH_MS * rateHz / 1_000;
        settleSamples = SETTLE_MS * rateHz / 1_000;
        ring = new short[Integer.highestOneBit(RING_MS * rateHz / 1_000 - 1) * 2];
        contributions = new Contributions(rateHz);
        sink.begin(first, rateHz);
        if (taps != null) {
            taps.opened(rateHz);
        }
    }

    /** Reads along from now on; what isn't flushed yet is read too. */
    void attach(Tap tap) {
        if (taps == null) {
            taps = new TapSet();
            if (open()) {
                taps.opened(sampleRateHz);
            }
            if (flushed) {
                taps.located(shift);
            }
        }
        taps.add(tap);
        if (begun) {
            taps.recall(ring, flushed ? edge : Math.max(edge, first), end, gaps.sorted(0), lastPlacedNanos);
        }
    }

    /** True once the place of the first sample is fixed. */
    boolean flushed() {
        return flushed;
    }

    /** What happens to packets that aren't placed is told to it. */
    Interlude interlude() {
        return interlude;
    }

    /** The events of the stream. */
    TelephoneEvents events() {
        return events;
    }

    @Override
    public long sampleOf(long timestamp, int rateHz, long nowNanos) {
        if (!anchored || rateHz != clockRateHz) {
            return NOWHERE;
        }
        long sample = anchorSample + samples(lastTicks + (int) (timestamp - lastTicks) - anchorTicks);
        return Math.abs(sample - arrival(nowNanos)) > straySamples ? NOWHERE : sample;
    }

    @Override
    public long sampleOfArrival(long nanos) {
        return open() && clock.started() ? arrival(nanos) : NOWHERE;
    }

    @Override
    public Duration offsetOf(long sample) {
        return Duration.ofNanos(Math.max(0, sample + shift) * 1_000_000L / sampleRateHz * 1_000L);
    }

    @Override
    public Duration offsetOfArrival(long nanos) {
        return clock.sinceOrigin(nanos);
    }

    @Override
    public void silence(long from, long to) {
        long ringFrom = Math.max(from, edge);
        long ringTo = Math.min(to, end);
        if (ringFrom < ringTo) {
            clear(ringFrom, ringTo);
        }
        if (flushed && from < edge) {
            if (writtenSilence == null) {
                writtenSilence = new WrittenSilence(sink);
            }
            writtenSilence.add(Math.max(0, from + shift), Math.min(to, edge) + shift);
        }
        if (taps != null) {
            taps.clear(from, to);
        }
    }

    /** Tells who contributed to the packet that was placed last. */
    void contributed(RtpPacket packet, ByteBuffer datagram, int length) {
        contributions.add(packet, datagram, placedAt, length);
    }

    List<Contribution> contributions() {
        return contributions.sorted(shift);
    }

    /** A packet behind the newest came after all, and has no audio: it wasn't lost. */
    void cameWithoutAudio(long timestamp, Gap.Cause cause) {
        if (anchored && begun) {
            long sample = anchorSample + samples(lastTicks + (int) (timestamp - lastTicks) - anchorTicks);
            gaps.relabel(sample + lastLength, lastLength, cause);
        }
    }

    /** The next packet has timestamps of a new base: its place is its arrival. */
    void forgetAnchor() {
        anchored = false;
    }

    /**
     * Puts a packet at its place.
     *
     * @param timestamp 32 bits, of a clock of {@code rateHz}
     * @param newest true when its sequence number is the highest so far
     * @param nowNanos the packet arrived between {@code sinceNanos} and this
     * @return false when it has no place: too far back, or out of order with a timestamp that is no clock
     */
    boolean place(long timestamp, int rateHz, short[] pcm, int length, boolean newest, long nowNanos, long sinceNanos) {
        clock.start(nowNanos);
        if (rateHz != clockRateHz) {
            changeClock(timestamp, rateHz, newest && interlude.withoutPackets(), sinceNanos);
        }
        long sample = sampleOf(timestamp, length, newest, nowNanos, sinceNanos);
        if (begun && sample < end - reach() || flushed && sample + shift < 0) {
            return false;
        }
        begin(sample, length, nowNanos);
        lastPlacedNanos = nowNanos;
        makeRoom(sample, length);
        events.mask(sample, pcm, length);
        long ringFrom = Math.max(sample, Math.min(edge, sample + length));
        int behind = (int) (ringFrom - sample);
        if (behind > 0) {
            write(sample, pcm, 0, behind);
        }
        copyIn(ringFrom, pcm, behind, length - behind);
        if (taps != null) {
            taps.placed(sample, pcm, length, nowNanos);
        }
        if (newest) {
            noteOverwritten(end - sample, length);
        }
        account(sample, sample + length, length);
        placedAt = sample;
        for (long cut = cut(); end - settleSamples >= cut; cut = cut()) {
            flush(cut, nowNanos);
        }
        return true;
    }

    /** Where the next block ends: with a page of the file, as one that is written in parts costs twice. */
    private long cut() {
        long inPage = edge + shift + WavLayout.PCM16_HEADER_BYTES / 2 & PAGE_SAMPLES - 1;
        return edge + BlockSink.MAX_SAMPLES - inPage;
    }

    /**
     * Another clock, whatever it showed before: the packet's place is its arrival. But one that follows the last in its number,
     * and may have come in time, goes on where that ended: what arrival tells is too coarse for it.
     */
    private void changeClock(long timestamp, int rateHz, boolean follows, long sinceNanos) {
        clockRateHz = rateHz;
        boolean goesOn = follows && anchored && begun && arrival(sinceNanos) <= end + settleSamples;
        anchored = false;
        if (goesOn) {
            anchor(timestamp, end);
        }
    }

    private long sampleOf(long timestamp, int length, boolean newest, long nowNanos, long sinceNanos) {
        if (!anchored) {
            if (begun) {
                noteReanchored();
            }
            return anchorOnArrival(timestamp, nowNanos);
        }
        long ticks = lastTicks + (int) (timestamp - lastTicks);
        long sample = anchorSample + samples(ticks - anchorTicks);
        if (!newest) {
            return sample - arrival(nowNanos) > straySamples ? NOWHERE : sample;
        }
        if (strays(sample, length, nowNanos, sinceNanos)) {
            noteReanchored();
            return anchorOnArrival(timestamp, nowNanos);
        }
        lastTicks = ticks;
        return sample;
    }

    private long samples(long ticks) {
        return clockRateHz == sampleRateHz ? ticks : Math.floorDiv(ticks * sampleRateHz, (long) clockRateHz);
    }

    int clockRateHz() {
        return clockRateHz;
    }

    private void noteReanchored() {
        counters.reanchored++;
        interlude.reanchored();
    }

    /** True when no clock can have led the newest packet there: far from its arrival, or where it would be lost. */
    private boolean strays(long sample, int length, long nowNanos, long sinceNanos) {
        return sample - arrival(nowNanos) > straySamples
                || arrival(sinceNanos) - sample > straySamples
                || sample + length <= end - reach();
    }

    /** What is further back is late. Before the first flush nothing can be written but by the ring. */
    private long reach() {
        return flushed ? reachSamples : ring.length;
    }

    private long arrival(long nanos) {
        return clock.sampleAt(nanos, sampleRateHz) - shift;
    }

    private long anchorOnArrival(long timestamp, long nowNanos) {
        return anchor(timestamp, begun ? Math.max(arrival(nowNanos), end) : arrival(nowNanos));
    }

    private long anchor(long timestamp, long sample) {
        anchored = true;
        anchorTicks = timestamp;
        lastTicks = timestamp;
        anchorSample = sample;
        return sample;
    }

    private void begin(long sample, int length, long nowNanos) {
        if (!begun) {
            begun = true;
            gaps.addOutside(interlude.undecodableSamples(length), Gap.Cause.UNDECODABLE);
            first = sample;
            end = sample;
            edge = sample - settleSamples;
            lastFlushNanos = nowNanos;
        } else if (!flushed && sample < edge) {
            edge = sample;
        }
    }

    /** Moves the ring on over a leap: nothing is written for it, so the file has a hole there. */
    private void makeRoom(long sample, int length) {
        if (sample + length - edge > ring.length) {
            flush(end, lastPlacedNanos);
            edge = Math.max(end, sample - settleSamples);
        }
    }

    /** A clock that stands still, or goes slower than the audio: each packet takes the place of the one before. */
    private void noteOverwritten(long samples, int length) {
        if (2 * samples >= length) { // less is rounding
            gaps.addOutside(Math.min(samples, length), Gap.Cause.REANCHORED);
        }
    }

    private void copyIn(long sample, short[] pcm, int offset, int length) {
        int at = (int) sample & ring.length - 1;
        int head = Math.min(length, ring.length - at);
        System.arraycopy(pcm, offset, ring, at, head);
        System.arraycopy(pcm, offset + head, ring, 0, length - head);
    }

    private void account(long from, long to, int length) {
        if (from > end) {
            interlude.explain(gaps, end, from, length, events.samplesIn(end, from));
        } else if (from < end && !gaps.isEmpty()) {
            gaps.fill(from, to);
        }
        if (from < first) {
            gaps.add(to, first, Gap.Cause.NETWORK); // the start was reordered, and part of it is still to come
            first = from;
        }
        if (to > end) {
            end = to;
            lastLength = length;
            interlude.end();
        }
    }

    /** Called once per sweep: flushes what is due. */
    void tick(long nowNanos) {
        events.tick(nowNanos);
        writeSilence(false);
        if (taps != null) {
            taps.settle(nowNanos);
            taps = taps.isEmpty() ? null : taps;
        }
        if (edge >= end) {
            lastFlushNanos = nowNanos;
        } else if (nowNanos - lastFlushNanos >= FLUSH_NANOS) {
            boolean idle = nowNanos - lastPlacedNanos >= FLUSH_NANOS;
            flush(idle ? end : end - settleSamples, nowNanos);
        }
    }

    private void writeSilence(boolean last) {
        if (writtenSilence != null && !writtenSilence.isEmpty()) {
            writtenSilence.write(last);
        }
    }

    /** After the last audio so many packets were refused that may be the sender's: nobody else tells that they are missing. */
    void refusedBehind(long packets, long nowNanos) {
        if (begun) {
            long most = Math.max(0, arrival(nowNanos) - end);
            gaps.addOutside(Math.min(packets * lastLength, most), Gap.Cause.NETWORK);
        }
    }

    /** Flushes all. */
    void finish(long nowNanos) {
        try {
            gaps.addOutside(interlude.undecodableSamples(lastLength), Gap.Cause.UNDECODABLE);
            flush(end, nowNanos);
            events.finish();
            writeSilence(true);
        } finally {
            endTaps();
        }
    }

    /** Whoever reads along hears of the end. */
    void endTaps() {
        if (taps != null) {
            taps.finish();
            taps = null;
        }
    }

    private void flush(long to, long nowNanos) {
        lastFlushNanos = nowNanos;
        if (!begun || to <= edge) {
            return;
        }
        if (!flushed) {
            shift = Math.max(0, -first);
            if (taps != null) {
                taps.located(shift);
            }
        }
        long from = flushed ? edge : Math.max(edge, first);
        flushed = flushed || from < to;
        while (from < to) {
            int length = (int) Math.min(BlockSink.MAX_SAMPLES, to - from);
            write(from, ring, (int) from & ring.length - 1, length);
            from += length;
        }
        clear(edge, to);
        edge = to;
    }

    private void write(long sample, short[] samples, int offset, int length) {
        if (!sink.write(sample + shift, samples, offset, length)) {
            counters.droppedByQueue++;
            gaps.add(sample, sample + length, Gap.Cause.DISK);
        }
    }

    private void clear(long from, long to) {
        int at = (int) from & ring.length - 1;
        int length = (int) Math.min(to - from, ring.length);
        int head = Math.min(length, ring.length - at);
        Arrays.fill(ring, at, at + head, (short) 0);
        Arrays.fill(ring, 0, length - head, (short) 0);
    }

    /** Where the first audio lies in the file. */
    OptionalLong firstSample() {
        return begun ? OptionalLong.of(first + shift) : OptionalLong.empty();
    }

    /** The RTP timestamp of the file's first sample, on the present clock; empty while there is none. */
    OptionalLong timestampOfFileStart() {
        return anchored
                ? OptionalLong.of(
                        anchorTicks - Math.floorDiv((anchorSample + shift) * clockRateHz, (long) sampleRateHz))
                : OptionalLong.empty();
    }

    /** True when the clock of the audio has gone on to this timestamp for as long as so many packets take. */
    boolean wentOnFor(long packets, long timestamp) {
        return anchored && begun && samples((int) (timestamp - lastTicks)) >= packets * lastLength;
    }

    /** The newest timestamp, with the count of its wraps. */
    long newestTimestamp() {
        return lastTicks;
    }

    List<Gap> gaps() {
        return gaps.sorted(shift);
    }

    Map<Gap.Cause, Long> gapSamples() {
        return gaps.totals();
    }
}
