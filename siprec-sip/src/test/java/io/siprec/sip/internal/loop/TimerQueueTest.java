package io.siprec.sip.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
    private long now = Long.MAX_VALUE - 1_000; // the clock's origin is arbitrary: it may overflow
    private final List<Throwable> faults = new ArrayList<>();
    private final TimerQueue queue = new TimerQueue(() -> now, faults::add);
    private final List<String> ran = new ArrayList<>();

    private Timer set(long nanos, String name) {
        return queue.schedule(Duration.ofNanos(nanos), () -> ran.add(name));
    }

    @Test
    void runsInOrderOfTimeThenOfSetting() {
        set(30, "c");
        set(10, "a");
        set(30, "d");
        set(20, "b");
        now += 30;
        queue.expire();
        assertThat(ran).containsExactly("a", "b", "c", "d");
        assertThat(queue.size()).isZero();
    }

    @Test
    void whatIsTakenBackDoesNotRun() {
        Random random = new Random(1);
        List<Timer> timers = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            timers.add(set(1 + random.nextInt(500), "t" + i));
        }
        for (int i = 0; i < 1_000; i++) {
            if (random.nextBoolean()) {
                timers.get(i).cancel();
                timers.get(i).cancel();
            } else {
                expected.add("t" + i);
            }
        }
        assertThat(queue.size()).isEqualTo(expected.size());
        now += 2_000;
        queue.expire();
        assertThat(ran).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aTimerMayCancelAnotherAndItself() {
        Timer[] other = new Timer[1];
        queue.schedule(Duration.ofNanos(1), () -> other[0].cancel());
        other[0] = set(2, "never");
        now += 5;
        queue.expire();
        assertThat(ran).isEmpty();
        assertThat(queue.size()).isZero();
    }

    @Test
    void aTaskThatSetsATimerForNowDoesNotHoldTheLoop() {
        queue.schedule(Duration.ZERO, () -> set(0, "later"));
        queue.expire();
        assertThat(ran).isEmpty();
        queue.expire();
        assertThat(ran).containsExactly("later");
    }

    @Test
    void aFailingTaskStopsNoOther() {
        queue.schedule(Duration.ZERO, () -> {
            throw new IllegalStateException("x");
        });
        set(0, "next");
        queue.expire();
        assertThat(ran).containsExactly("next");
        assertThat(faults).hasSize(1);
    }

    @Test
    void saysHowLongToWait() {
        assertThat(queue.millisToNext()).isEqualTo(-1);
        set(1_000_001, "a");
        assertThat(queue.millisToNext()).as("rounded up").isEqualTo(2);
        now += 1_000_001;
        assertThat(queue.millisToNext()).isZero();
    }
}
