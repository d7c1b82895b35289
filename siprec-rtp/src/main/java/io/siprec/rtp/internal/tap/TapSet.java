package io.siprec.rtp.internal.tap;

import io.siprec.rtp.Gap;
import java.util.ArrayList;
import java.util.List;

/** The taps of one timeline. Loop thread only. */
public final class TapSet {
    private final List<Tap> taps = new ArrayList<>(1);
    private int rateHz; // 0 until known
    private boolean located;
    private long shift;

    /** Adds a tap. */
    public void add(Tap tap) {
        taps.add(tap);
        if (rateHz > 0) {
            tap.open(rateHz);
        }
        if (located) {
            tap.located(shift);
        }
    }

    /** True when none is left. */
    public boolean isEmpty() {
        return taps.isEmpty();
    }

    /** The rate of the file is known. */
    public void opened(int sampleRateHz) {
        rateHz = sampleRateHz;
        for (int i = 0; i < taps.size(); i++) {
            taps.get(i).open(sampleRateHz);
        }
    }

    /** Places lie this much later in the file, for good. */
    public void located(long samples) {
        located = true;
        shift = samples;
        for (int i = 0; i < taps.size(); i++) {
            taps.get(i).located(samples);
        }
    }

    /**
     * Gives a tap, the one that was added last, what is in a ring of samples from {@code from} to {@code to}, but for the gaps.
     *
     * @param gaps in order
     * @param lastNanos when the last of it came
     */
    public void recall(short[] ring, long from, long to, List<Gap> gaps, long lastNanos) {
        TapWindow window = taps.get(taps.size() - 1).window();
        long at = from;
        for (Gap gap : gaps) {
            long gapEnd = gap.firstSample() + gap.samples();
            if (gap.cause() != Gap.Cause.DISK && gapEnd > at && gap.firstSample() < to) {
                recall(window, ring, at, gap.firstSample(), lastNanos);
                at = gapEnd;
            }
        }
        recall(window, ring, at, to, lastNanos);
    }

    private static void recall(TapWindow window, short[] ring, long from, long to, long lastNanos) {
        long at = from;
        while (at < to) {
            int offset = (int) at & ring.length - 1;
            int length = (int) Math.min(to - at, ring.length - offset);
            window.put(at, ring, offset, length, lastNanos);
            at += length;
        }
    }

    /** Audio was put at its place. */
    public void placed(long sample, short[] pcm, int length, long nowNanos) {
        for (int i = 0; i < taps.size(); i++) {
            taps.get(i).window().put(sample, pcm, 0, length, nowNanos);
        }
    }

    /** A span is not to be heard. */
    public void clear(long from, long to) {
        for (int i = 0; i < taps.size(); i++) {
            if (taps.get(i).window() != null) {
                taps.get(i).window().clear(from, to);
            }
        }
    }

    /** Once per sweep: tells what has settled, forgets taps that were closed. */
    public void settle(long nowNanos) {
        for (int i = taps.size() - 1; i >= 0; i--) {
            Tap tap = taps.get(i);
            if (tap.closed()) {
                taps.remove(i);
                tap.forget();
            } else if (tap.window() != null) {
                tap.window().settle(nowNanos);
                tap.announce();
            }
        }
    }

    /** The stream has ended. */
    public void finish() {
        taps.forEach(Tap::end);
        taps.clear();
    }
}
