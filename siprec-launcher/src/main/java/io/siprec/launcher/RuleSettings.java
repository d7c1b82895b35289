package io.siprec.launcher;

import io.siprec.server.SiprecServer;
import java.time.Duration;
import java.util.Optional;

/**
 * How long sessions may last.
 *
 * @param sessionTimeout without audio and requests
 * @param maxDuration in any case; empty for no limit
 * @param rtpTimeout of a line that should carry audio
 * @param endOnRtpTimeout whether the call ends then
 */
record RuleSettings(
        Duration sessionTimeout, Optional<Duration> maxDuration, Duration rtpTimeout, boolean endOnRtpTimeout) {
    static final RuleSettings DEFAULT =
            new RuleSettings(Duration.ofHours(1), Optional.empty(), Duration.ofSeconds(30), false);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    /** What becomes of a call without RTP. */
    enum RtpTimeoutAction {
        /** A finding. */
        REPORT,
        /** A finding, and the end. */
        END
    }

    static RuleSettings of(SettingsReader reader) {
        return new RuleSettings(
                reader.duration("SESSION_TIMEOUT", DEFAULT.sessionTimeout, SHORTEST, LONGEST),
                reader.given("MAX_DURATION")
                        ? Optional.of(reader.duration("MAX_DURATION", LONGEST, SHORTEST, LONGEST))
                        : Optional.empty(),
                reader.duration("RTP_TIMEOUT", DEFAULT.rtpTimeout, SHORTEST, LONGEST),
                reader.choice("RTP_TIMEOUT_ACTION", RtpTimeoutAction.class, RtpTimeoutAction.REPORT)
                        == RtpTimeoutAction.END);
    }

    void apply(SiprecServer.Builder builder) {
        builder.sessionTimeout(sessionTimeout).rtpTimeout(rtpTimeout).endOnRtpTimeout(endOnRtpTimeout);
        maxDuration.ifPresent(builder::maxDuration);
    }
}
