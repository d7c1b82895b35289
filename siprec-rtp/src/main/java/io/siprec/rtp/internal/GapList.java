package io.siprec.rtp.internal;

import io.siprec.rtp.Gap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Spans without audio. A span that is filled later shrinks, is split or goes. Bounded: of further spans only the sums are
 * kept.
 */
final class GapList {
    static final int MAX_GAPS = 1_000;

    private final List<Gap> gaps = new ArrayList<>(0);
    private final long[] unlisted = new long[Gap.Cause.values().length];

    /** Adds [from, to), unless it is empty. */
    void add(long from, long to, Gap.Cause cause) {
        if (to <= from) {
            return;
        }
        if (cause == Gap.Cause.DISK && lengthens(from, to)) {
            return;
        }
        if (gaps.size() < MAX_GAPS) {
            gaps.add(new Gap(from, to - from, cause));
        } else {
            unlisted[cause.ordinal()] += to - from;
        }
    }

    /** Adds what lies before the first audio or behind the last: it is no span of the file. */
    void addOutside(long samples, Gap.Cause cause) {
        unlisted[cause.ordinal()] += samples;
    }

    /** A disk that is full refuses block after block: that is one gap. */
    private boolean lengthens(long from, long to) {
        Gap last = gaps.isEmpty() ? null : gaps.get(gaps.size() - 1);
        boolean adjoins = last != null && last.cause() == Gap.Cause.DISK && last.firstSample() + last.samples() == from;
        if (adjoins) {
            gaps.set(gaps.size() - 1, new Gap(last.firstSample(), to - last.firstSample(), Gap.Cause.DISK));
        }
        return adjoins;
    }

    /**
     * Takes [from, to) out of what no packet had filled. A packet that was missing by its number and now lies elsewhere than it
     * was thought to is no longer missing where it was thought to be.
     */
    void fill(long from, long to) {
        long left = to - from;
        long elsewhere = 0;
        Gap.Cause cause = null;
        for (int i = gaps.size() - 1; i >= 0 && left > 0; i--) { // stragglers belong to the youngest gaps
            Gap gap = gaps.get(i);
            long gapEnd = gap.firstSample() + gap.samples();
            if (gap.cause() != Gap.Cause.DISK && gap.firstSample() < to && from < gapEnd) {
                gaps.remove(i);
                long filled = Math.min(to, gapEnd) - Math.max(from, gap.firstSample());
                left -= filled;
                if (gap.cause() == Gap.Cause.NO_PACKETS || gap.cause() == Gap.Cause.NO_AUDIO) {
                    elsewhere += filled;
                    cause = gap.cause();
                }
                add(gap.firstSample(), from, gap.cause());
                add(to, gapEnd, gap.cause());
            }
        }
        int network = Gap.Cause.NETWORK.ordinal();
        unlisted[network] = Math.max(0, unlisted[network] - left);
        if (elsewhere > 0) {
            relabel(to, elsewhere, cause);
        }
    }

    /** Gives the last {@code samples} that are missing by number before {@code before} another cause. */
    void relabel(long before, long samples, Gap.Cause cause) {
        for (int i = gaps.size() - 1; i >= 0; i--) {
            Gap gap = gaps.get(i);
            if (gap.cause() == Gap.Cause.NETWORK && gap.firstSample() < before) {
                long end = gap.firstSample() + gap.samples();
                long from = Math.max(gap.firstSample(), end - samples);
                gaps.remove(i);
                add(gap.firstSample(), from, Gap.Cause.NETWORK);
                add(from, end, cause);
                return;
            }
        }
    }

    boolean isEmpty() {
        return gaps.isEmpty();
    }

    /** All listed spans in order, moved by {@code shift} samples. */
    List<Gap> sorted(long shift) {
        List<Gap> moved = new ArrayList<>(gaps.size());
        for (Gap gap : gaps) {
            moved.add(new Gap(gap.firstSample() + shift, gap.samples(), gap.cause()));
        }
        moved.sort(Comparator.comparingLong(Gap::firstSample));
        return moved;
    }

    /** The samples of all spans by cause, those that aren't listed too. */
    Map<Gap.Cause, Long> totals() {
        Map<Gap.Cause, Long> totals = new EnumMap<>(Gap.Cause.class);
        for (Gap gap : gaps) {
            totals.merge(gap.cause(), gap.samples(), Long::sum);
        }
        for (Gap.Cause cause : Gap.Cause.values()) {
            if (unlisted[cause.ordinal()] > 0) {
                totals.merge(cause, unlisted[cause.ordinal()], Long::sum);
            }
        }
        return totals;
    }
}
