package io.siprec.rtp.internal.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LongSummaryStatistics;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtcpScheduleTest {
    private static final long MS = 1_000_000L;

    private static LongSummaryStatistics intervals(long senderBits, long receiverBits, int senders, int count) {
        RtcpSchedule schedule = new RtcpSchedule(new SplittableRandom(181), senderBits, receiverBits);
        schedule.start(0);
        long now = 0;
        long last = 0;
        LongSummaryStatistics intervals = new LongSummaryStatistics();
        for (int i = 0; i <= count; now += MS) {
            if (schedule.due(now, senders)) {
                if (i++ > 0) {
                    intervals.accept((now - last) / MS);
                }
                last = now;
                schedule.sent(now, 80, senders);
            }
        }
        return intervals;
    }

    @Test
    void C181_intervalsAreRandomAroundFiveSeconds() {
        LongSummaryStatistics intervals = intervals(1_000, 3_000, 1, 1_000);
        double shortest = 5_000 * 0.5 / (Math.E - 1.5);
        double longest = 5_000 * 1.5 / (Math.E - 1.5);
        assertThat(intervals.getMin()).isBetween((long) shortest, (long) shortest + 500);
        assertThat(intervals.getMax()).isBetween((long) longest - 500, (long) longest + 1);
        assertThat(intervals.getAverage())
                .as("reconsideration makes up for the divisor")
                .isBetween(4_500.0, 5_200.0);
    }

    @ParameterizedTest(name = "C181 {0} + {1} bit/s, {2} senders: about {3} ms")
    @CsvSource(delimiter = '|', textBlock = """
        # RS | RR   | senders | ms    | why
        1000 | 3000 | 1       | 5000  | the minimum
        10   | 30   | 1       | 43200 | (80 + 28) bytes of 2 members in 40 bit/s: one sender of two shares all
        100  | 100  | 1       | 8640  | half of the members send, half of the bandwidth is theirs: the receivers' own share
        """)
    void C181_bandwidthMakesIntervalsLonger(long senderBits, long receiverBits, int senders, long ms, String why) {
        assertThat(intervals(senderBits, receiverBits, senders, 300).getAverage())
                .as(why)
                .isBetween(ms * 0.85, ms * 1.1);
    }

    @Test
    void C178_theFirstReportComesWithinTheFirstHalf() {
        for (int seed = 0; seed < 200; seed++) {
            RtcpSchedule schedule = new RtcpSchedule(new SplittableRandom(seed), 1_000, 3_000);
            schedule.start(0);
            long now = 0;
            while (!schedule.due(now, 1)) {
                now += MS;
            }
            assertThat(now / MS).isBetween(1_026L, 3_080L);
        }
    }
}
