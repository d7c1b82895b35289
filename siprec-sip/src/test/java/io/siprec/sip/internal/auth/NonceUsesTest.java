package io.siprec.sip.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.internal.auth.Nonces.Nonce;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonceUsesTest {
    private static final long LIFETIME_MS = 300_000;

    private final NonceUses uses = new NonceUses(100, LIFETIME_MS, 0);

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        # counts in their order     | accepted                    | why
        1 2 3                       | yes yes yes                 | as a client counts
        1 1                         | yes no                      | C211 a replay
        1 2 1                       | yes yes no                  | C211 a replay of an older one
        2 1 1                       | yes yes no                  | datagrams overtake each other
        5 40 9 8 9                  | yes yes yes no no           | by 31 at most
        1 4294967295 4294967295 1   | yes yes no no               | the highest count
        4294967295 4294967264 4294967263 | yes yes no             | the window at the upper end
        1 33 2 34 3 2               | yes yes yes yes yes no      | a jump moves the window
        0                           | no                          | counting begins at 1
        100 1000 99 100 968 969     | yes yes no no no yes        | a jump over the whole window
        """)
    void C211_eachCountPassesOnce(String counts, String accepted, String why) {
        List<String> results = new ArrayList<>();
        for (String count : counts.split(" ")) {
            results.add(uses.first(new Nonce(10, 1), Long.parseLong(count), 10) ? "yes" : "no");
        }
        assertThat(String.join(" ", results)).isEqualTo(accepted);
    }

    @Test
    void C211_aReplayIsSeenAsLongAsTheNonceLives() {
        Nonce nonce = new Nonce(10, 1);
        assertThat(uses.first(nonce, 1, 20)).isTrue();
        for (long now = 20; now <= 10 + LIFETIME_MS; now += 1_000) {
            assertThat(uses.first(nonce, 1, now)).as("at %d ms", now).isFalse();
            assertThat(uses.first(new Nonce(now, now), 1, now)).isTrue();
        }
    }

    @Test
    void C211_aFloodOfNoncesStaysBoundedAndLetsNoReplayPass() {
        Nonce early = new Nonce(5, -1);
        assertThat(uses.first(early, 1, 5)).isTrue();
        for (int i = 0; i < 10_000; i++) {
            assertThat(uses.first(new Nonce(10 + i, i), 1, 10 + i)).isTrue();
            assertThat(uses.size()).isLessThanOrEqualTo(100);
            assertThat(uses.first(early, 1, 10 + i)).isFalse();
        }
        assertThat(uses.first(early, 2, 20_000)).as("forgotten, so not trusted").isFalse();
    }

    @Test
    void theTableEmptiesWhenItsNoncesAreOld() {
        for (int i = 0; i < 40; i++) {
            uses.first(new Nonce(i, i), 1, i);
        }
        uses.first(new Nonce(LIFETIME_MS, 100), 1, LIFETIME_MS);
        uses.first(new Nonce(2 * LIFETIME_MS, 101), 1, 2 * LIFETIME_MS);
        assertThat(uses.size()).isEqualTo(2);
    }

    /** Several loops get the same counts at one time, while the table turns over all the time. */
    @Test
    void C211_ofManyLoopsOneMayUseACount() throws Exception {
        NonceUses small = new NonceUses(8, LIFETIME_MS, 0);
        int loops = 4;
        int counts = 20_000;
        AtomicInteger[] passed = new AtomicInteger[counts];
        for (int i = 0; i < counts; i++) {
            passed[i] = new AtomicInteger();
        }
        ExecutorService pool = Executors.newFixedThreadPool(loops);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int loop = 0; loop < loops; loop++) {
                all.add(pool.submit(() -> {
                    for (int i = 0; i < counts; i++) {
                        if (small.first(new Nonce(i / 4, i / 4), 1 + i % 4, i / 4)) {
                            passed[i].incrementAndGet();
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        int total = 0;
        for (AtomicInteger one : passed) {
            assertThat(one.get()).isLessThanOrEqualTo(1);
            total += one.get();
        }
        assertThat(total).as("the first loop to come passes").isPositive();
        assertThat(small.size()).isLessThanOrEqualTo(8 + loops);
    }
}
