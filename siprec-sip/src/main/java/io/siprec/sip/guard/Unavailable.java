package io.siprec.sip.guard;

import io.siprec.sip.message.Header;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Why no new call is taken at this moment: a 503 with Retry-After (RFC 3261 section 21.5.4).
 *
 * @param reason the reason phrase: for a person, without anything of a peer
 * @param retryAfter when it is worth another try; whole seconds, at least 1
 */
public record Unavailable(String reason, Duration retryAfter) {
    /** Checks both. */
    public Unavailable {
        reason = new Header("Reason-Phrase", reason).value();
        Objects.requireNonNull(retryAfter, "retryAfter");
        if (retryAfter.toSeconds() < 1) {
            throw new IllegalArgumentException("retryAfter must be at least 1 s, was " + retryAfter);
        }
    }

    /** The Retry-After header. */
    public List<Header> headers() {
        return List.of(new Header("Retry-After", Long.toString(retryAfter.toSeconds())));
    }
}
