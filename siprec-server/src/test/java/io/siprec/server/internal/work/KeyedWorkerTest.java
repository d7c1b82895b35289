package io.siprec.server.internal.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeyedWorkerTest {
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    @Test
    void tasksRunInTheOrderOfTheirKeysAndOnlyTheNewestOfEach() {
        KeyedWorker worker = new KeyedWorker("test", 10);
        worker.submit("a", () -> ran.add("a1"));
        worker.submit("b", () -> ran.add("b1"));
        worker.submit("a", () -> ran.add("a2"));
        worker.submitIfAbsent("b", () -> ran.add("older b"));
        worker.start();
        worker.close();

        assertThat(ran).containsExactly("a2", "b1");
    }

    @Test
    void C219_aTaskTooManyIsDroppedAndCounted() {
        KeyedWorker worker = new KeyedWorker("test", 2);
        assertThat(worker.submit("a", () -> ran.add("a"))).isTrue();
        assertThat(worker.submit("b", () -> ran.add("b"))).isTrue();
        assertThat(worker.submit("c", () -> ran.add("c"))).isFalse();
        assertThat(worker.submit("a", () -> ran.add("a again"))).isTrue();
        assertThat(worker.dropped()).isEqualTo(1);
        worker.start();
        worker.close();

        assertThat(ran).containsExactly("a again", "b");
    }

    @Test
    void aTaskThatFailsDoesNotStopTheRest() {
        KeyedWorker worker = new KeyedWorker("test", 2);
        worker.submit("bad", () -> {
            throw new IllegalStateException("on purpose");
        });
        worker.submit("good", () -> ran.add("good"));
        worker.start();
        worker.close();

        assertThat(ran).containsExactly("good");
    }

    @Test
    void aKeyMayComeAgainWhileItsTaskRuns() throws InterruptedException {
        KeyedWorker worker = new KeyedWorker("test", 2);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        worker.start();
        worker.submit("a", () -> {
            running.countDown();
            await(goOn);
            ran.add("first");
        });
        await(running);
        worker.submit("a", () -> ran.add("second"));
        goOn.countDown();
        worker.close();

        assertThat(ran).containsExactly("first", "second");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
