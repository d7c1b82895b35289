package io.siprec.core;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Our own identifier of a recording session: a UUID version 7 (RFC 9562 §5.7), so ids sort by start time. It names the
 * recording's folder; nothing that a peer sends ever does.
 *
 * @param value the canonical text: 36 characters, lower case
 */
public record SessionId(String value) implements Comparable<SessionId> {
    private static final Pattern CANONICAL = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public SessionId {
        Objects.requireNonNull(value, "value");
        if (!CANONICAL.matcher(value).matches()) {
            throw new IllegalArgumentException("a session id is a UUID of 36 characters in lower case");
        }
    }

    /** A fresh id. Any thread. */
    public static SessionId create(long epochMillis) {
        long high = epochMillis << 16 | 0x7000 | RANDOM.nextInt(1 << 12);
        long low = 1L << 63 | RANDOM.nextLong() >>> 2;
        return new SessionId(new UUID(high, low).toString());
    }

    /**
     * Reads an id as a person or a program gives it, in either case.
     *
     * @throws IllegalArgumentException if {@code text} is no UUID
     */
    public static SessionId of(String text) {
        return new SessionId(text.toLowerCase(Locale.ROOT));
    }

    @Override
    public int compareTo(SessionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
