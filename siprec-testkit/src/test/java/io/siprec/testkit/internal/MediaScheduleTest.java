package io.siprec.testkit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.testkit.AudioSources;
import io.siprec.testkit.ManualClock;
import io.siprec.testkit.SrcCodec;
import io.siprec.testkit.SrcStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaScheduleTest {
    private final ManualClock clock = new ManualClock();
    private final long startNs = nowNs();
    private final MediaSchedule schedule = new MediaSchedule();
    private final List<Long> sentAtMs = new ArrayList<>();
    private int finished;

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # woken at ms              | sent at ms               | why
            0, 20, 40, 60              | 0, 20, 40, 60            | on time
            0, 19, 20, 39, 40, 60      | 0, 20, 40, 60            | woken too early: not sent yet
            0, 27, 47, 61              | 0, 27, 47, 61            | woken late: the next is not put off
            0, 45, 60                  | 0, 45, 45, 60            | a whole packet late: caught up at once
            0, 3000                    | 0, 3000, 3000, 3000      | a long stop: all that was due, no more than there is
            5, 20, 40, 60              | 5, 20, 40, 60            | the start is when the call was added
            """)
    void packetsKeepTheirDeadlines(String wokenAtMs, String expectedAtMs, String why) {
        schedule.add(call(4, lost -> false), nowNs());
        for (String ms : wokenAtMs.split(", ")) {
            moveTo(Long.parseLong(ms));
            schedule.run(nowNs());
        }
        assertThat(sentAtMs).containsExactlyElementsOf(numbers(expectedAtMs));
        assertThat(finished).isEqualTo(1);
        assertThat(schedule.run(nowNs())).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anHourOfWakeUpsThatAreAlwaysLateHasNoDrift() {
        schedule.add(call(180_000, lost -> false), nowNs());
        long waitNs = schedule.run(nowNs());
        while (waitNs != Long.MAX_VALUE) {
            clock.advance(Duration.ofNanos(waitNs + 700_000));
            waitNs = schedule.run(nowNs());
        }
        assertThat(sentAtMs).hasSize(180_000);
        assertThat(sentAtMs.get(179_999)).isEqualTo(179_999 * 20L);
    }

    @Test
    void theNextPacketOfAnyCallEndsTheWait() {
        schedule.add(call(2, lost -> false), nowNs());
        assertThat(schedule.run(nowNs())).isEqualTo(ms(20));
        moveTo(13);
        schedule.add(call(2, lost -> false), nowNs());
        assertThat(schedule.run(nowNs())).isEqualTo(ms(7));
        moveTo(20);
        assertThat(schedule.run(nowNs())).isEqualTo(ms(13));
        moveTo(33);
        assertThat(schedule.run(nowNs())).isEqualTo(Long.MAX_VALUE);
        assertThat(sentAtMs).containsExactly(0L, 13L, 20L, 33L);
        assertThat(finished).isEqualTo(2);
    }

    @Test
    void callThatIsTakenAwaySendsNothingMoreAndIsNotFinished() {
        CallMedia call = call(4, lost -> false);
        schedule.add(call, nowNs());
        schedule.run(nowNs());
        schedule.remove(call);
        moveTo(100);
        assertThat(schedule.run(nowNs())).isEqualTo(Long.MAX_VALUE);
        assertThat(sentAtMs).containsExactly(0L);
        assertThat(finished).isZero();
    }

    @Test
    void packetsOfTheLossPlanLeaveTheirPlaceEmpty() {
        schedule.add(call(4, place -> place == 1), nowNs());
        for (int ms = 0; ms <= 60; ms += 20) {
            moveTo(ms);
            schedule.run(nowNs());
        }
        assertThat(sentAtMs).containsExactly(0L, 40L, 60L);
        assertThat(finished).isEqualTo(1);
    }

    @Test
    void audioThatFailsEndsItsOwnCallOnly() {
        schedule.add(
                call(4, place -> {
                    throw new IllegalStateException("no such packet");
                }),
                nowNs());
        schedule.add(call(2, lost -> false), nowNs());
        schedule.run(nowNs());
        assertThat(finished).isEqualTo(1);
        moveTo(20);
        schedule.run(nowNs());
        assertThat(sentAtMs).containsExactly(0L, 20L);
        assertThat(finished).isEqualTo(2);
    }

    @Test
    void packetsThatTheNetworkRefusesAreCountedAndTheCallGoesOn() {
        StreamSender sender = new StreamSender(stream(lost -> false), packet -> {
            if (finished++ == 0) {
                throw new IOException("refused");
            }
        });
        sender.send(0);
        sender.send(1);
        assertThat(sender.failed()).isEqualTo(1);
        assertThat(sender.sent()).isEqualTo(1);
        assertThat(sender.due()).isEqualTo(2);
        assertThat(sender.first()).isEqualTo(1);
        assertThat(sender.last()).isEqualTo(1);
    }

    private CallMedia call(long packets, LongPredicate lost) {
        StreamSender sender = new StreamSender(stream(lost), packet -> sentAtMs.add((nowNs() - startNs) / 1_000_000));
        return new CallMedia(List.of(sender), packets, () -> finished++);
    }

    private static SrcStream stream(LongPredicate lost) {
        return new SrcStream("1", SrcCodec.PCMU, AudioSources.noise(1), 1, 2, 3, lost);
    }

    private void moveTo(long ms) {
        clock.advance(Duration.ofNanos(startNs + ms(ms) - nowNs()));
    }

    private long nowNs() {
        return clock.nanoTime().getAsLong();
    }

    private static long ms(long ms) {
        return ms * 1_000_000;
    }

    private static List<Long> numbers(String text) {
        return Arrays.stream(text.split(", ")).map(Long::valueOf).toList();
    }
}
