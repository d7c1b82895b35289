package io.siprec.rtp;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A tone or signal that a stream told by name instead of by sound (RFC 4733).
 *
 * @param code 0 to 255; empty where it is masked
 * @param offset where it begins, from the origin of the recording
 * @param duration as far as it was told: of one whose end wasn't seen, it may have been longer
 * @param endSeen whether a packet told its end
 * @param levelDbm0 0 to -63; 0 also where the event has no level
 */
public record TelephoneEvent(OptionalInt code, Duration offset, Duration duration, boolean endSeen, int levelDbm0) {
    private static final String KEYS = "0123456789*#ABCD";
    private static final int FLASH = 16;

    /** Checks that nothing is null. */
    public TelephoneEvent {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(offset, "offset");
        Objects.requireNonNull(duration, "duration");
    }

    /** The key of a telephone ({@code 0} to {@code 9}, {@code *}, {@code #}, {@code A} to {@code D}), {@code flash}, or "". */
    public String key() {
        if (code.isEmpty()) {
            return "";
        }
        int value = code.getAsInt();
        if (value < KEYS.length()) {
            return KEYS.substring(value, value + 1);
        }
        return value == FLASH ? "flash" : "";
    }
}
