package io.siprec.rtp.internal.tap;

import java.nio.ShortBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** Frames on their way from a media loop to the thread of a sink. One thread puts, one at a time takes; no locks. */
final class FrameRing {
    private final int frameSamples;
    private final int capacity;
    private final short[] samples;
    private final long[] firstSamples;
    private final int[] lengths;
    private final boolean[] silences;
    private final long[] dropped;
    private final AtomicLong put = new AtomicLong(); // frames so far
    private final AtomicLong taken = new AtomicLong();
    private long droppedSince; // loop thread only

    FrameRing(int frameSamples, int capacity) {
        this.frameSamples = frameSamples;
        this.capacity = capacity;
        this.samples = new short[frameSamples * capacity];
        this.firstSamples = new long[capacity];
        this.lengths = new int[capacity];
        this.silences = new boolean[capacity];
        this.dropped = new long[capacity];
    }

    /**
     * Copies a frame out of a ring of samples. Loop thread.
     *
     * @return false when it was dropped, as the sink is too slow
     */
    boolean put(long firstSample, short[] from, int offset, int length, boolean silence) {
        long at = put.getPlain();
        if (at - taken.get() == capacity) {
            droppedSince += length;
            return false;
        }
        int slot = (int) (at % capacity);
        firstSamples[slot] = firstSample;
        lengths[slot] = length;
        silences[slot] = silence;
        dropped[slot] = droppedSince;
        droppedSince = 0;
        if (!silence) {
            int head = Math.min(length, from.length - offset);
            System.arraycopy(from, offset, samples, slot * frameSamples, head);
            System.arraycopy(from, 0, samples, slot * frameSamples + head, length - head);
        }
        put.setRelease(at + 1);
        return true;
    }

    boolean isEmpty() {
        return taken.get() == put.get();
    }

    int frameSamples() {
        return frameSamples;
    }

    /** Called when there is a frame, as are the next five: of the oldest one, until {@link #release}. */
    long firstSample() {
        return firstSamples[slot()];
    }

    int length() {
        return lengths[slot()];
    }

    boolean silence() {
        return silences[slot()];
    }

    long dropped() {
        return dropped[slot()];
    }

    /** Puts its samples into {@code out}, zeros for silence. */
    void copyTo(ShortBuffer out) {
        int slot = slot();
        if (silences[slot]) {
            for (int i = 0; i < lengths[slot]; i++) {
                out.put((short) 0);
            }
        } else {
            out.put(samples, slot * frameSamples, lengths[slot]);
        }
    }

    void release() {
        taken.setRelease(taken.getPlain() + 1);
    }

    private int slot() {
        return (int) (taken.getPlain() % capacity);
    }
}
