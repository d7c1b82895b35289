package io.siprec.rtp;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What is done with telephone events (RFC 4733).
 *
 * @param masked true keeps which keys were pressed out of everything: events have no code, and where they lie, the audio is
 *     silence, in the file and in taps, which then settle after {@link #LEAST_SETTLE_MASKED} at least
 * @param listener hears of each event once: at its end, or when no packet has told of it for half a second. Of one stream, the
 *     first 1,000. Called on a media loop, which must not be blocked
 */
public record EventSettings(boolean masked, Consumer<TelephoneEvent> listener) {
    /** The least settle distance of a tap where events are masked: a tone must not be told before the event that names it. */
    public static final Duration LEAST_SETTLE_MASKED = Duration.ofMillis(200);

    /** Events are listed as they are, and told to nobody. */
    public static final EventSettings STANDARD = new EventSettings(false, event -> {});

    /** Checks that there is a listener. */
    public EventSettings {
        Objects.requireNonNull(listener, "listener");
    }
}
