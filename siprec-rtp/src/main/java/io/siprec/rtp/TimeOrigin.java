package io.siprec.rtp;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The instant at which every file of a recording starts: the arrival of the first audio packet of any of its streams.
 * Thread-safe; shared by the streams of one recording.
 */
public final class TimeOrigin {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int CNAME_BYTES = 12; // 96 bits

    private final AtomicReference<Start> start = new AtomicReference<>();
    private final String cname = newCname();

    /** An origin that isn't set yet. */
    public TimeOrigin() {}

    private static String newCname() {
        byte[] random = new byte[CNAME_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    /** The recorder's CNAME in all RTCP of the recording: random, and another one for each recording (RFC 7022 §4.2). */
    public String cname() {
        return cname;
    }

    /** The origin on the clock of the media plane, when set. */
    public OptionalLong nanoTime() {
        Start set = start.get();
        return set == null ? OptionalLong.empty() : OptionalLong.of(set.nanoTime);
    }

    /** The origin on the wall clock, when set. */
    public Optional<Instant> wallClock() {
        return Optional.ofNullable(start.get()).map(Start::wallClock);
    }

    /** Sets the origin unless it is set; the first call wins. Called by the media plane. */
    public boolean setIfUnset(long nanoTime, Instant wallClock) {
        return start.compareAndSet(null, new Start(nanoTime, Objects.requireNonNull(wallClock, "wallClock")));
    }

    private record Start(long nanoTime, Instant wallClock) {}
}
