package io.siprec.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class ManualClockTest {
    private final ManualClock clock = new ManualClock();

    @Test
    void bothViewsMoveTogetherAcrossTheOverflowOfNanoTime() {
        LongSupplier nanoTime = clock.nanoTime();
        Clock wall = clock.clock();
        long before = nanoTime.getAsLong();
        clock.advance(Duration.ofSeconds(20));
        assertThat(nanoTime.getAsLong()).isNegative();
        assertThat(nanoTime.getAsLong() - before)
                .isEqualTo(Duration.ofSeconds(20).toNanos());
        assertThat(wall.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:20Z"));
    }

    @Test
    void anotherZoneIsTheSameInstant() {
        Clock paris = clock.clock().withZone(ZoneId.of("Europe/Paris"));
        clock.advance(Duration.ofMillis(1));
        assertThat(paris.instant()).isEqualTo(clock.clock().instant());
        assertThat(paris.getZone()).isEqualTo(ZoneId.of("Europe/Paris"));
    }

    @Test
    void timeDoesNotRunBackwards() {
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofNanos(-1)));
    }
}
