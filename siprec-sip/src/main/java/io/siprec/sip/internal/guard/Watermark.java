package io.siprec.sip.internal.guard;

/** A level that is reached at one mark and left below a lower one, so that it does not flap. */
final class Watermark {
    private final long high;
    private final long low;
    private boolean reached;

    Watermark(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /** Reached at {@code percent} of the limit, left at least one and some percent below. */
    static Watermark of(long limit, int percent, int lowPercent) {
        long high = (limit * percent + 99) / 100;
        return new Watermark(high, Math.min(high - 1, limit * lowPercent / 100));
    }

    /** Whether the level is reached, given the value of this moment. */
    boolean reached(long value) {
        reached = reached ? value > low : value >= high;
        return reached;
    }
}
