package io.siprec.server.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SessionTableTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 2_000;

    @Test
    void threadsThatAskAtOnceTakeNoPlaceTwice() throws Exception {
        SessionTable table = new SessionTable(3);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> taken = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                taken.add(threads.submit(() -> {
                    int places = 0;
                    for (int round = 0; round < ROUNDS; round++) {
                        together.await(20, TimeUnit.SECONDS);
                        boolean reserved = table.reserve();
                        together.await(20, TimeUnit.SECONDS);
                        assertThat(table.full()).isTrue();
                        together.await(20, TimeUnit.SECONDS);
                        if (reserved) {
                            places++;
                            assertThat(table.settle(SessionId.create(round)))
                                    .as("no session came of it")
                                    .isFalse();
                        }
                    }
                    return places;
                }));
            }
            int places = 0;
            for (Future<Integer> each : taken) {
                places += each.get(60, TimeUnit.SECONDS);
            }
            assertThat(places).isEqualTo(3 * ROUNDS);
            assertThat(table.full()).isFalse();
        } finally {
            threads.shutdownNow();
        }
    }
}
