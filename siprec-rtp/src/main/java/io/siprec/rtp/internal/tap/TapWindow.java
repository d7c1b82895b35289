package io.siprec.rtp.internal.tap;

import java.util.Arrays;

/**
 * The newest samples of a stream until they have settled, and which of them came. What has settled is cut into frames of audio
 * and of silence. Loop thread only.
 */
final class TapWindow {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int LONGEST_SILENCE_MS = 500;
    private static final int LENGTH_SECONDS = 2;

    /** Takes frames in order. */
    interface Output {
        /** @param samples a ring, read from {@code offset} on */
        void frame(long sample, short[] samples, int offset, int length, boolean silence);

        /** Audio came after its place had been told. */
        void late(int samples);
    }

    private final Output output;
    private final int rateHz;
    private final int settleSamples;
    private final int frameSamples;
    private final int longestSilence;
    private final short[] samples; // a power of two long, as is the next
    private final boolean[] came; // false outside [cursor, end)

    private boolean begun;
    private boolean held = true; // nothing is told as yet
    private boolean leaping; // what is missing before the next audio is no silence but a leap
    private long cursor; // what is before it was told
    private long end;
    private long endNanos; // when the sample before it came

    TapWindow(int rateHz, int settleSamples, int frameSamples, Output output) {
        this.rateHz = rateHz;
        this.settleSamples = settleSamples;
        this.frameSamples = frameSamples;
        this.output = output;
        this.longestSilence = LONGEST_SILENCE_MS * rateHz / 1_000;
        int length = Integer.highestOneBit(LENGTH_SECONDS * rateHz - 1) * 2;
        this.samples = new short[length];
        this.came = new boolean[length];
    }

    /** Places in the file are known from now on: frames may be told. */
    void release() {
        held = false;
    }

    /** Audio came. */
    void put(long sample, short[] pcm, int offset, int length, long nowNanos) {
        if (!begun) {
            begin(sample);
        } else if (sample - end > longestSilence) {
            leap(sample);
        }
        makeRoom(sample + length);
        int behind = (int) Math.min(length, Math.max(0, cursor - sample));
        if (behind > 0) {
            output.late(behind);
        }
        copyIn(sample + behind, pcm, offset + behind, length - behind);
        if (sample + length > end) {
            end = sample + length;
            endNanos = nowNanos;
        }
        tell(end - settleSamples, false);
    }

    private void begin(long sample) {
        begun = true;
        leaping = true;
        cursor = sample - settleSamples;
        end = sample;
    }

    private void leap(long sample) {
        tell(end, true);
        if (!held) {
            leaping = true;
            cursor = Math.max(end, sample - settleSamples);
            end = cursor;
        }
    }

    /** What doesn't fit any more is told before it has settled: only a burst after a standstill gets there. */
    private void makeRoom(long to) {
        if (to - cursor > samples.length) {
            held = false;
            tell(Math.min(end, to - samples.length), true);
        }
        if (to - cursor > samples.length) {
            leaping = true;
            cursor = to - samples.length;
            end = Math.max(end, cursor);
        }
    }

    private void copyIn(long sample, short[] pcm, int offset, int length) {
        int at = index(sample);
        int head = Math.min(length, samples.length - at);
        System.arraycopy(pcm, offset, samples, at, head);
        System.arraycopy(pcm, offset + head, samples, 0, length - head);
        Arrays.fill(came, at, at + head, true);
        Arrays.fill(came, 0, length - head, true);
    }

    /** No audio came there after all, or it is not to be heard. */
    void clear(long from, long to) {
        for (long i = Math.max(from, cursor); i < Math.min(to, end); i++) {
            samples[index(i)] = 0;
            came[index(i)] = false;
        }
    }

    /** Tells what has settled by now. */
    void settle(long nowNanos) {
        if (cursor < end) {
            long aged = (nowNanos - endNanos) / 1_000 * rateHz / (NANOS_PER_SECOND / 1_000);
            boolean idle = aged >= settleSamples + frameSamples; // nothing came that would have filled the last frame
            tell(Math.min(end, end - settleSamples + aged), idle);
        }
    }

    /** Tells the rest. */
    void finish() {
        held = false;
        tell(end, true);
    }

    /** @param all false keeps what is no whole frame as yet */
    private void tell(long to, boolean all) {
        while (cursor < to && !held) {
            boolean audio = came[index(cursor)];
            long runEnd = runEnd(audio, Math.min(to, cursor + frameSamples));
            int length = (int) (runEnd - cursor);
            if (runEnd == to && length < frameSamples && !all && !leapingOver(audio)) {
                return;
            }
            if (!leapingOver(audio)) {
                leaping = false;
                output.frame(cursor, samples, index(cursor), length, !audio);
            }
            forget(length);
            cursor = runEnd;
        }
    }

    private boolean leapingOver(boolean audio) {
        return leaping && !audio;
    }

    private long runEnd(boolean audio, long limit) {
        long at = cursor;
        while (at < limit && came[index(at)] == audio) {
            at++;
        }
        return at;
    }

    private void forget(int length) {
        int at = index(cursor);
        int head = Math.min(length, came.length - at);
        Arrays.fill(came, at, at + head, false);
        Arrays.fill(came, 0, length - head, false);
    }

    private int index(long sample) {
        return (int) sample & samples.length - 1;
    }
}
