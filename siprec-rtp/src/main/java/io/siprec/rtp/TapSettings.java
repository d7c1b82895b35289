package io.siprec.rtp;

import java.time.Duration;
import java.util.Objects;

/**
 * How the audio of a stream is read while it is being recorded.
 *
 * @param settle how long audio waits for packets that are late, before it is told; 0 to 500 ms
 * @param frame the length of a frame, 5 to 100 ms; where audio meets silence, and where it ends, a frame is shorter
 * @param buffer how much may wait for a sink that is slow, 100 ms to 60 s; what comes beyond that is dropped
 */
public record TapSettings(Duration settle, Duration frame, Duration buffer) {
    /** Settled after 60 ms, frames of 20 ms, a buffer of 2 s. */
    public static final TapSettings STANDARD =
            new TapSettings(Duration.ofMillis(60), Duration.ofMillis(20), Duration.ofSeconds(2));

    /** Checks the ranges. */
    public TapSettings {
        check("settle", settle, 0, 500);
        check("frame", frame, 5, 100);
        check("buffer", buffer, 100, 60_000);
    }

    private static void check(String name, Duration value, long minMs, long maxMs) {
        Objects.requireNonNull(value, name);
        if (value.compareTo(Duration.ofMillis(minMs)) < 0 || value.compareTo(Duration.ofMillis(maxMs)) > 0) {
            throw new IllegalArgumentException(name + " must be " + minMs + ".." + maxMs + " ms, was " + value);
        }
    }

    /** The same with another settle distance. */
    public TapSettings withSettle(Duration value) {
        return new TapSettings(value, frame, buffer);
    }

    /** The same with another length of frames. */
    public TapSettings withFrame(Duration value) {
        return new TapSettings(settle, value, buffer);
    }

    /** The same with another buffer. */
    public TapSettings withBuffer(Duration value) {
        return new TapSettings(settle, frame, value);
    }
}
