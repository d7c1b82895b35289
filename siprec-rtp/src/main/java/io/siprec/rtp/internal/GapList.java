package io.siprec.rtp.internal;

import io.siprec.rtp.Gap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Spans without audio. A span that is filled later shrinks, is split or goes. Bounded: further spans aren't listed. */
final class GapList {
    static final int MAX_GAPS = 1_000;

    private final List<Gap> gaps = new ArrayList<>(0);

    /** Adds [from, to). */
    void add(long from, long to, Gap.Cause cause) {
        if (gaps.size() < MAX_GAPS) {
            gaps.add(new Gap(from, to - from, cause));
        }
    }

    /** Takes [from, to) out of what no packet had filled. */
    void fill(long from, long to) {
        for (int i = gaps.size() - 1; i >= 0; i--) { // stragglers belong to the youngest gaps
            Gap gap = gaps.get(i);
            long gapEnd = gap.firstSample() + gap.samples();
            if (gap.cause() == Gap.Cause.NO_PACKETS && gap.firstSample() < to && from < gapEnd) {
                gaps.remove(i);
                if (gap.firstSample() < from) {
                    add(gap.firstSample(), from, gap.cause());
                }
                if (to < gapEnd) {
                    add(to, gapEnd, gap.cause());
                }
                return;
            }
        }
    }

    boolean isEmpty() {
        return gaps.isEmpty();
    }

    /** All spans in order, moved by {@code shift} samples. */
    List<Gap> sorted(long shift) {
        List<Gap> moved = new ArrayList<>(gaps.size());
        for (Gap gap : gaps) {
            moved.add(new Gap(gap.firstSample() + shift, gap.samples(), gap.cause()));
        }
        moved.sort(Comparator.comparingLong(Gap::firstSample));
        return moved;
    }
}
