package io.siprec.testkit;

import java.util.OptionalInt;

/** Checks a recording against what was sent: every sample, in one run, anywhere in the file. */
public final class RecordingCheck {
    private RecordingCheck() {}

    /**
     * Looks for {@code sent} as one exact run in {@code recorded}. Where it isn't, the place is given at which the longest
     * run of its beginning stands, with the first difference. Takes time in proportion to both lengths.
     */
    public static Match find(short[] sent, short[] recorded) {
        if (sent.length == 0) {
            throw new IllegalArgumentException("nothing was sent, so anything would match");
        }
        int[] borders = borders(sent);
        int matched = 0;
        int best = 0;
        int bestOffset = 0;
        for (int i = 0; i < recorded.length && matched < sent.length; i++) {
            while (matched > 0 && recorded[i] != sent[matched]) {
                matched = borders[matched - 1];
            }
            if (recorded[i] == sent[matched]) {
                matched++;
            }
            if (matched > best) {
                best = matched;
                bestOffset = i + 1 - matched;
            }
        }
        return match(sent, recorded, bestOffset, best);
    }

    /** For each beginning of {@code sent}: the length of its longest proper beginning that is also its end. */
    private static int[] borders(short[] sent) {
        int[] borders = new int[sent.length];
        for (int i = 1; i < sent.length; i++) {
            int length = borders[i - 1];
            while (length > 0 && sent[i] != sent[length]) {
                length = borders[length - 1];
            }
            borders[i] = sent[i] == sent[length] ? length + 1 : 0;
        }
        return borders;
    }

    private static Match match(short[] sent, short[] recorded, int offset, int matched) {
        int end = offset + matched;
        OptionalInt found =
                matched < sent.length && end < recorded.length ? OptionalInt.of(recorded[end]) : OptionalInt.empty();
        OptionalInt wanted = matched < sent.length ? OptionalInt.of(sent[matched]) : OptionalInt.empty();
        int strangers = nonSilent(recorded, 0, offset) + nonSilent(recorded, end, recorded.length);
        return new Match(sent.length, recorded.length, offset, matched, wanted, found, strangers);
    }

    private static int nonSilent(short[] samples, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (samples[i] != 0) {
                count++;
            }
        }
        return count;
    }

    /**
     * Where the sent samples are in the recording.
     *
     * @param sent how many were sent
     * @param recorded how many were recorded
     * @param offset the place in the recording of the first sent sample
     * @param matched how many samples from there are the same: all that were sent, or those before the first difference
     * @param wanted the first sample that differs, as sent; empty when all are the same
     * @param found the same place in the recording; empty when all are the same or the recording ends there
     * @param strangers samples outside of the run that aren't silence
     */
    public record Match(
            int sent, int recorded, int offset, int matched, OptionalInt wanted, OptionalInt found, int strangers) {

        /** Every sample that was sent is there, in one run. */
        public boolean complete() {
            return matched == sent;
        }

        /** Every sample that was sent is there, and nothing but silence before and after. */
        public boolean exact() {
            return complete() && strangers == 0;
        }

        /** One sentence for a test's failure or a report. */
        public String describe() {
            if (complete()) {
                return "all " + sent + " samples at " + offset + " of " + recorded
                        + (strangers == 0 ? ", silence around" : ", " + strangers + " foreign samples around");
            }
            String difference = found.isPresent()
                    ? "sample " + matched + " should be " + wanted.getAsInt() + ", is " + found.getAsInt()
                    : "the recording ends before sample " + matched;
            return "the first " + matched + " of " + sent + " samples at " + offset + " of " + recorded + "; "
                    + difference;
        }
    }
}
