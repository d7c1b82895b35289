package io.siprec.rtp.internal;

/**
 * Keeps what was sent during a pause out of the recording when it comes after it: packets that overtook each other. Loop
 * thread only.
 */
final class PauseBarrier {
    private static final int REACH = 3_000;

    private boolean known;
    private int highest;

    /** A packet of the recorded source came during the pause. */
    void saw(int sequence) {
        if (!known || (short) (sequence - highest) > 0) {
            known = true;
            highest = sequence;
        }
    }

    /** True for a number that was used before the end of the pause. */
    boolean refuses(int sequence) {
        if (!known) {
            return false;
        }
        int ahead = (short) (sequence - highest);
        known = ahead < REACH; // long past it, numbers come round again
        return ahead <= 0 && ahead > -REACH;
    }

    /** Another source, or a leap: its numbers say nothing here. */
    void forget() {
        known = false;
    }
}
