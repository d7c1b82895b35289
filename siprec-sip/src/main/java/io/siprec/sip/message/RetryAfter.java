package io.siprec.sip.message;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The Retry-After header (RFC 3261 section 20.33).
 *
 * @param delay until the request may come again
 * @param available for how long it will then be welcome, if that is said
 * @param comment for a person; empty when absent
 */
public record RetryAfter(Duration delay, Optional<Duration> available, String comment) implements HeaderValue {
    private static final long MAX_SECONDS = 0xFFFF_FFFFL;

    /** Times are not negative; fractions of a second are not written. */
    public RetryAfter {
        Objects.requireNonNull(available, "available");
        if (delay.isNegative() || available.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("time must not be negative");
        }
        if (comment.chars().anyMatch(c -> c == '(' || c == ')' || c == '\r' || c == '\n')) {
            throw new IllegalArgumentException("comment must have no bracket and no line end");
        }
    }

    /** A delay alone. */
    public static RetryAfter of(Duration delay) {
        return new RetryAfter(delay, Optional.empty(), "");
    }

    /** Reads a value. */
    public static RetryAfter parse(String text) throws SipParseException {
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        boolean commented = open >= 0 && close > open;
        String comment = commented
                ? text.substring(open + 1, close).replaceAll("[()\r\n]", "").trim()
                : "";
        Field field = Field.of(commented ? text.substring(0, open) + text.substring(close + 1) : text);
        long seconds = Tokens.number(field.head(), MAX_SECONDS);
        if (seconds < 0) {
            throw new SipParseException(400, "Bad Retry-After header");
        }
        long available = Tokens.number(field.parameters().value("duration").orElse(""), MAX_SECONDS);
        return new RetryAfter(
                Duration.ofSeconds(seconds),
                available < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(available)),
                comment);
    }

    @Override
    public String toString() {
        return delay.toSeconds()
                + (comment.isEmpty() ? "" : " (" + comment + ")")
                + available.map(time -> ";duration=" + time.toSeconds()).orElse("");
    }
}
