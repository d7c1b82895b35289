package io.siprec.rtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceTrackerTest {
    /** N next, R reordered, D duplicate, J jump (not taken), ! restart before it. */
    @ParameterizedTest(name = "C172 {3}")
    @CsvSource(delimiter = '|', textBlock = """
        10 11 12                 | NNN   |    3 | in order
        10 12 13                 | NNN   |    4 | one missing
        10 12 11                 | NNR   |    3 | one late
        10 11 11 10              | NNDD  |    2 | duplicates
        10 12 11 11              | NNRD  |    3 | duplicate of a late one
        11 10 12                 | NRN   |    3 | the first one late
        13 10 11 10 12 12        | NRRDRD |   4 | late before the first, then its duplicate
        0 65535 1                | NRN   |    3 | the first one late, across the wrap
        65534 65535 0 1          | NNNN  |    4 | wrap
        65534 0 65535 65535      | NNRD  |    3 | late across the wrap
        1 3000                   | NN    | 3000 | the largest leap
        1 3001                   | NJ    |    1 | one more is a jump
        200 100                  | NR    |  101 | the largest step back
        200 99                   | NJ    |    1 | one more is a jump
        10 11 !5000 5001         | NNNN  |    4 | sums over sequences
        10 11 !11                | NNN   |    3 | a restart knows no duplicates
        """)
    void C171_C172_follows(String sequences, String verdicts, long expected, String why) {
        SequenceTracker tracker = new SequenceTracker();
        StringBuilder seen = new StringBuilder();
        for (String text : sequences.trim().split(" ")) {
            if (text.startsWith("!")) {
                tracker.restart();
            }
            int sequence = Integer.parseInt(text.replace("!", ""));
            seen.append(
                    tracker.jumps(sequence)
                            ? 'J'
                            : tracker.accept(sequence).name().charAt(0));
        }
        assertThat(seen).as(why).hasToString(verdicts.trim());
        assertThat(tracker.expected()).as(why).isEqualTo(expected);
    }

    @Test
    void longStreamsWithLossAndDisorderCountEachPacketOnce() {
        Random random = new Random(3);
        SequenceTracker tracker = new SequenceTracker();
        Set<Long> came = new HashSet<>();
        long taken = 0;
        long highest = 1_000;
        tracker.accept((int) highest & 0xffff);
        came.add(highest);
        for (int i = 0; i < 300_000; i++) {
            long number = Math.max(1_000, highest + 30 - random.nextInt(60));
            SequenceTracker.Verdict verdict = tracker.accept((int) number & 0xffff);
            assertThat(verdict == SequenceTracker.Verdict.DUPLICATE).isEqualTo(!came.add(number));
            taken += verdict == SequenceTracker.Verdict.DUPLICATE ? 0 : 1;
            highest = Math.max(highest, number);
        }
        assertThat(tracker.expected()).isEqualTo(highest - 1_000 + 1);
        assertThat(taken + 1).isEqualTo(came.size());
    }
}
