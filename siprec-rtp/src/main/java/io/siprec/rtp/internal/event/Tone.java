package io.siprec.rtp.internal.event;

import io.siprec.rtp.TelephoneEvent;
import java.time.Duration;
import java.util.OptionalInt;

/** One event, as far as its packets have told of it. Loop thread only. */
final class Tone {
    private static final int LONGEST_SEGMENT = 0xffff;
    private static final int SHORTEST_SEGMENT = 0x8000; // a key is pressed again sooner than this
    private static final int GUARD_MS = 40; // a tone is recognised that much after it began, and leaks until then
    private static final int ARRIVAL_GUARD_MS =
            300; // a place by arrival is no better than the network and the sweeps are
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Of an event whose end isn't known: as long as three of its packets, 50 ms apart, may be lost (RFC 4733 §2.5.1.2). */
    private static final int UNKNOWN_MS = 150;

    private final int code;
    private final int clockRateHz;
    private final int firstTimestamp;
    private int timestamp; // of the newest segment
    private long ticksBefore; // in segments before it
    private int ticks; // in it
    private int level;
    private boolean toldInOrder;
    private boolean endSeen;
    private boolean over;
    private long lastNanos;
    private final long startNanos;
    private long sample = EventTimeline.NOWHERE;
    private boolean byArrival;
    private long maskFrom; // with the next, what is to be silent when it comes; empty at first
    private long maskTo;
    private long silentTo = EventTimeline.NOWHERE; // what had come was made silent up to there

    Tone(int code, int timestamp, int ticks, int clockRateHz, long nowNanos) {
        this.code = code;
        this.clockRateHz = clockRateHz;
        this.firstTimestamp = timestamp;
        this.timestamp = timestamp;
        this.startNanos = nowNanos - ticks * NANOS_PER_SECOND / clockRateHz;
    }

    /** Whether a packet tells of this event: of its newest segment, or of one before. */
    boolean isToldBy(int otherCode, int otherTimestamp) {
        return code == otherCode && otherTimestamp - firstTimestamp >= 0 && otherTimestamp - timestamp <= 0;
    }

    /**
     * Whether a packet begins another segment of this event (RFC 4733 §2.5.1.3): where the one before ended, or as long after
     * its beginning as the longest lasts, if its last packets are missing.
     */
    boolean isContinuedBy(int otherCode, int otherTimestamp, boolean marker) {
        int step = otherTimestamp - timestamp;
        boolean follows = step == LONGEST_SEGMENT || !marker && step == ticks;
        return code == otherCode && !endSeen && follows && step >= SHORTEST_SEGMENT;
    }

    /** A new segment begins. */
    void continues(int newTimestamp) {
        ticksBefore += newTimestamp - timestamp;
        timestamp = newTimestamp;
        ticks = 0;
    }

    /** A packet of it. */
    void told(int ofTimestamp, int ofTicks, int volume, boolean end, long nowNanos) {
        lastNanos = nowNanos;
        if (ofTimestamp == timestamp) {
            ticks = Math.max(ticks, ofTicks);
            level = -volume;
            endSeen |= end;
        }
    }

    /** Looks for its place, if it has none. */
    void place(EventTimeline timeline, long nowNanos) {
        if (sample == EventTimeline.NOWHERE) {
            sample = timeline.sampleOf(firstTimestamp & 0xffff_ffffL, clockRateHz, nowNanos);
            byArrival = sample == EventTimeline.NOWHERE;
        }
        if (sample == EventTimeline.NOWHERE) {
            sample = timeline.sampleOfArrival(startNanos);
        }
    }

    /** A packet of it came in order. */
    void inOrder() {
        toldInOrder = true;
    }

    boolean toldInOrder() {
        return toldInOrder;
    }

    boolean endSeen() {
        return endSeen;
    }

    long lastNanos() {
        return lastNanos;
    }

    /** True once it was told to the listener. */
    boolean over() {
        return over;
    }

    void end() {
        over = true;
    }

    boolean placed() {
        return sample != EventTimeline.NOWHERE;
    }

    /** Where it begins. */
    long from() {
        return sample;
    }

    /** Behind its last sample, or where that may be at most by what is known. */
    long to(int sampleRateHz) {
        return knownTo(sampleRateHz) + (endSeen ? 0 : UNKNOWN_MS * sampleRateHz / 1_000);
    }

    private long knownTo(int sampleRateHz) {
        return sample + (ticksBefore + ticks) * sampleRateHz / clockRateHz;
    }

    /**
     * Makes silent what has come of it, with a guard on both sides; what is to come, also where it may yet be. Once it is over and
     * its end wasn't seen, it may have been there.
     */
    void mask(EventTimeline timeline) {
        int rateHz = timeline.sampleRateHz();
        int guard = (byArrival ? ARRIVAL_GUARD_MS : GUARD_MS) * rateHz / 1_000;
        maskFrom = sample - guard;
        maskTo = to(rateHz) + guard;
        long from = Math.max(maskFrom, silentTo);
        long to = over ? maskTo : knownTo(rateHz) + guard;
        if (to > from) {
            timeline.silence(from, to);
            silentTo = to;
        }
    }

    boolean masks(long from, long to) {
        return from < maskTo && maskFrom < to;
    }

    long maskFrom() {
        return maskFrom;
    }

    long maskTo() {
        return maskTo;
    }

    /** As it is told. */
    TelephoneEvent view(EventTimeline timeline, boolean masked) {
        long lasted = ticksBefore + ticks;
        return new TelephoneEvent(
                masked ? OptionalInt.empty() : OptionalInt.of(code),
                placed() ? timeline.offsetOf(sample) : timeline.offsetOfArrival(startNanos),
                Duration.ofNanos(lasted * NANOS_PER_SECOND / clockRateHz),
                endSeen,
                masked ? 0 : level);
    }
}
