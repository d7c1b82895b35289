package io.siprec.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock moved by hand: one elapsed time, seen as {@link System#nanoTime()} and as wall clock. Any thread. */
public final class ManualClock {
    private final Instant startInstant;
    private final long startNs;
    private final AtomicLong elapsedNs = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Starts at 2026-01-01T00:00:00Z, with a nano time shortly before its overflow, as nano times may have any value. */
    public ManualClock() {
        this(
                Instant.parse("2026-01-01T00:00:00Z"),
                Long.MAX_VALUE - Duration.ofSeconds(10).toNanos());
    }

    /** Starts at the given wall-clock time and nano time. */
    public ManualClock(Instant startInstant, long startNs) {
        this.startInstant = Objects.requireNonNull(startInstant, "startInstant");
        this.startNs = startNs;
    }

    /** The time as {@code System.nanoTime()} would give it. */
    public LongSupplier nanoTime() {
        return () -> startNs + elapsedNs.get();
    }

    /** The same time as a wall clock in UTC. */
    public Clock clock() {
        return new View(ZoneOffset.UTC);
    }

    /** Moves both views forward. */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a clock does not run backwards: " + duration);
        }
        elapsedNs.addAndGet(duration.toNanos());
        listeners.forEach(Runnable::run);
    }

    /** Runs after each move, on the thread that moved the clock. */
    public void onAdvance(Runnable listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    private final class View extends Clock {
        private final ZoneId zone;

        View(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new View(other);
        }

        @Override
        public Instant instant() {
            return startInstant.plusNanos(elapsedNs.get());
        }
    }
}
