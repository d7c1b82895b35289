package io.siprec.rtp.internal;

import java.util.Arrays;

/**
 * The sequence numbers of one stream, extended to 64 bits (RFC 3550 A.1). Counts what should have come (A.3) over all SSRCs
 * that the stream had, and knows duplicates among the last {@value #WINDOW} numbers.
 */
final class SequenceTracker {
    /** A packet that is further ahead than this doesn't belong to the sequence. */
    static final int MAX_DROPOUT = 3_000;

    /** Nor does one that is further behind than this. */
    static final int MAX_MISORDER = 100;

    private static final int WINDOW = 4_096; // over MAX_DROPOUT, so that an advance never laps it
    private static final int CIRCLE = 1 << 16;

    enum Verdict {
        /** The highest number so far. */
        NEXT,
        /** Seen for the first time, behind the highest. */
        REORDERED,
        /** Seen before. */
        DUPLICATE
    }

    private final long[] seen = new long[WINDOW / Long.SIZE];
    private boolean started;
    private long base;
    private long max;
    private long expectedBefore;
    private int skipped;
    private int dropout = MAX_DROPOUT; // how far ahead the next number may be

    /** True when {@code sequence} is too far from the highest number to be its neighbour. */
    boolean jumps(int sequence) {
        return started && ahead(sequence) >= MAX_DROPOUT && CIRCLE - ahead(sequence) > MAX_MISORDER;
    }

    /** True for a number further back than {@link #MAX_MISORDER} that is missing in the sequence. */
    boolean misses(int sequence) {
        long back = CIRCLE - ahead(sequence);
        long number = max - back;
        return started && back < WINDOW && number >= base && (seen[word(number)] & bit(number)) == 0;
    }

    /** How many numbers lie before {@code sequence} and behind the highest, if it is one of the same sequence. */
    int missingBefore(int sequence) {
        return ahead(sequence) - 1;
    }

    /** The next number may be any that is ahead: those before it are missing, however many. */
    void leap() {
        dropout = CIRCLE - MAX_MISORDER;
    }

    /** Takes a number that doesn't jump, or is missing. */
    Verdict accept(int sequence) {
        int furthest = dropout;
        skipped = 0;
        dropout = MAX_DROPOUT;
        if (!started) {
            start(sequence);
            return Verdict.NEXT;
        }
        int ahead = ahead(sequence);
        if (ahead == 0) {
            return Verdict.DUPLICATE;
        }
        return ahead < furthest ? advance(ahead) : fillIn(max - (CIRCLE - ahead));
    }

    private int ahead(int sequence) {
        return (sequence - (int) max) & (CIRCLE - 1);
    }

    private void start(int sequence) {
        started = true;
        base = CIRCLE + sequence; // room for numbers before the first one that came
        max = base;
        Arrays.fill(seen, 0);
        mark(max);
    }

    private Verdict advance(int steps) {
        for (long number = max + 1; number < max + steps; number++) {
            seen[word(number)] &= ~bit(number);
        }
        max += steps;
        skipped = steps - 1;
        mark(max);
        return Verdict.NEXT;
    }

    private Verdict fillIn(long number) {
        if (number >= base && (seen[word(number)] & bit(number)) != 0) {
            return Verdict.DUPLICATE;
        }
        for (long unseen = number + 1; unseen < base; unseen++) {
            seen[word(unseen)] &= ~bit(unseen);
        }
        base = Math.min(base, number);
        mark(number);
        return Verdict.REORDERED;
    }

    private void mark(long number) {
        seen[word(number)] |= bit(number);
    }

    private static int word(long number) {
        return (int) (number & (WINDOW - 1)) / Long.SIZE;
    }

    private static long bit(long number) {
        return 1L << number;
    }

    /** The highest number with the count of its cycles above it (RFC 3550 §6.4.1). */
    int extendedHighest() {
        return (int) (max - CIRCLE);
    }

    /** How many numbers lie unseen between the one accepted last, when it is the highest, and the highest before. */
    int skipped() {
        return skipped;
    }

    /** The next number starts a sequence of its own; what was expected until now is kept. */
    void restart() {
        expectedBefore = expected();
        started = false;
    }

    /** Highest minus first plus one, summed over all sequences. */
    long expected() {
        return expectedBefore + (started ? max - base + 1 : 0);
    }
}
