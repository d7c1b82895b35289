package io.siprec.sip.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.transport.SipLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLoopTest {
    private static final int PATIENCE_S = 10;

    private final Counters counters = new Counters();

    private static RuntimeException thrown(String name) {
        switch (name) {
            case "error":
                throw new NoClassDefFoundError("no descriptor left to load it");
            case "memory":
                throw new OutOfMemoryError("on purpose");
            default:
                throw new IllegalStateException("on purpose");
        }
    }

    /** One fault must not end the calls of all others, whatever it is. */
    @ParameterizedTest
    @ValueSource(strings = {"exception", "error", "memory"})
    void goesOnAfterATaskAndATimerThatThrow(String what) throws IOException, InterruptedException {
        EventLoop loop = new EventLoop(System::nanoTime, limits(10), counters);
        Thread thread = new Thread(loop);
        thread.start();
        CountDownLatch alive = new CountDownLatch(1);
        loop.execute(() -> thrown(what));
        loop.execute(() -> {
            loop.schedule(Duration.ZERO, () -> thrown(what));
            loop.schedule(Duration.ofMillis(1), alive::countDown);
        });
        assertThat(alive.await(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(counters.value(Counters.Name.LOOP_ERRORS)).isEqualTo(2);
        loop.stop();
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void takesNoTaskOverItsLimitOrAfterItsEnd() throws IOException {
        EventLoop loop = new EventLoop(System::nanoTime, limits(1), counters);
        assertThat(loop.execute(() -> {})).isTrue();
        assertThat(loop.execute(() -> {})).isFalse();
        loop.stop();
        assertThat(loop.execute(() -> {})).isFalse();
        loop.closeChannels();
    }

    private static SipLimits limits(int maxQueuedTasks) {
        return SipLimits.builder().maxQueuedTasks(maxQueuedTasks).build();
    }
}
