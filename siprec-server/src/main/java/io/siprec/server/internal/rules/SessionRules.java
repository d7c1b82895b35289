package io.siprec.server.internal.rules;

import java.time.Duration;
import java.util.Optional;

/**
 * How long sessions may last.
 *
 * @param idleTimeout after which a session ends that has had neither audio nor a request of the SRC
 * @param maxDuration after which a session ends in any case; empty for never
 * @param rtpTimeout after which a line that should carry audio and doesn't is reported
 * @param endOnRtpTimeout whether the session ends when none of these lines has audio
 */
public record SessionRules(
        Duration idleTimeout, Optional<Duration> maxDuration, Duration rtpTimeout, boolean endOnRtpTimeout) {
    /** One hour, no limit, 30 seconds, a report only. */
    public static SessionRules defaults() {
        return new SessionRules(Duration.ofHours(1), Optional.empty(), Duration.ofSeconds(30), false);
    }
}
