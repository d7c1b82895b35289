package io.siprec.sip.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTableTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicInteger forgotten = new AtomicInteger();

    @Test
    void aSourceKeepsItsPlace() {
        SourceTable table = new SourceTable(64, 7);
        int first = place(table, 1, 1);
        table.cells().set(first + SourceTable.INVITES, 5);
        assertThat(place(table, 2, 1)).isNotEqualTo(first);
        assertThat(place(table, 1, 1)).isEqualTo(first);
        assertThat(table.cells().get(first + SourceTable.INVITES)).isEqualTo(5);
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void C212_theTableNeverGrowsAndTellsWhenItForgotWhatCounted() {
        SourceTable table = new SourceTable(1_024, 7);
        for (long source = 0; source < 100_000; source++) {
            place(table, source, 1);
        }
        assertThat(table.size()).isEqualTo(1_024);
        assertThat(forgotten.get()).as("nothing was known of them").isZero();

        for (long source = 0; source < 10_000; source++) {
            table.cells().set(place(table, source, 1) + SourceTable.MESSAGES, SECOND);
        }
        assertThat(forgotten.get()).isPositive();
        assertThat(table.size()).isEqualTo(1_024);
    }

    @Test
    void theQuietestSourceMakesRoom() {
        SourceTable table = new SourceTable(8, 7);
        table.cells().set(place(table, 0, 1) + SourceTable.MESSAGES, SECOND);
        for (long source = 1; source < 1_000; source++) {
            place(table, source, 1);
        }
        assertThat(table.cells().get(place(table, 0, 1) + SourceTable.MESSAGES))
                .as("the one that something is known of")
                .isEqualTo(SECOND);
        assertThat(forgotten.get()).isZero();
    }

    private int place(SourceTable table, long source, long nowNs) {
        return table.place(source, nowNs, forgotten::incrementAndGet);
    }

    @ParameterizedTest(name = "{0} a second")
    @CsvSource({"1", "3", "10", "5000", "1000000"})
    void C212_aRateTakesASecondsWorthAtOnceAndThenAsManyASecond(int aSecond) {
        Rate rate = Rate.perSecond(aSecond);
        AtomicLongArray cells = new AtomicLongArray(1);
        int taken = 0;
        while (rate.take(cells, 0, 1)) {
            taken++;
        }
        assertThat(taken).isEqualTo(aSecond);
        assertThat(rate.take(cells, 0, rate.intervalNs() - 1)).as("not yet").isFalse();
        assertThat(rate.take(cells, 0, 1 + rate.intervalNs())).isTrue();
        assertThat(rate.take(cells, 0, 1 + rate.intervalNs())).isFalse();
        int later = 0;
        while (rate.take(cells, 0, 100 * SECOND)) {
            later++;
        }
        assertThat(later).as("an idle hour saves up no more").isEqualTo(aSecond);
    }

    @Test
    void C212_severalLoopsShareTheRateOfASource() throws InterruptedException {
        SourceTable table = new SourceTable(64, 7);
        Rate rate = Rate.perSecond(10_000);
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> loops = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread loop = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int message = 0; message < 20_000; message++) {
                    int place = table.place(42, 1, forgotten::incrementAndGet);
                    if (rate.take(table.cells(), place + SourceTable.MESSAGES, 1)) {
                        taken.incrementAndGet();
                    }
                }
            });
            loops.add(loop);
            loop.start();
        }
        go.countDown();
        for (Thread loop : loops) {
            loop.join();
        }
        assertThat(table.size()).isEqualTo(1);
        assertThat(taken.get())
                .as("exactly the rate, but for a token that a place made at the same time may cost or give")
                .isBetween(9_996, 10_004);
    }
}
