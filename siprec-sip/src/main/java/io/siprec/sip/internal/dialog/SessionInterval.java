package io.siprec.sip.internal.dialog;

import io.siprec.sip.message.SessionExpires;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * A session timer that a 2xx has set (RFC 4028 section 10).
 *
 * @param seconds after which the session is over unless it is refreshed
 * @param ours whether the refreshes are ours to send
 */
record SessionInterval(long seconds, boolean ours) {
    /** A peer that breaks the rule of 90 s is followed, but not into a flood. */
    private static final long LEAST_TAKEN_SECONDS = 30;

    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(32);

    /** The timer that a 2xx to a request of ours sets; where it names no refresher somebody must be it (section 7.2). */
    static Optional<SessionInterval> of(SipResponse success) {
        try {
            return SessionExpires.of(success)
                    .map(expires -> new SessionInterval(
                            Math.max(expires.seconds(), LEAST_TAKEN_SECONDS),
                            expires.refresher().orElse(SessionExpires.Refresher.UAC) == SessionExpires.Refresher.UAC));
        } catch (SipParseException e) {
            return Optional.empty();
        }
    }

    private Duration whole() {
        return Duration.ofSeconds(seconds);
    }

    /** When the refresher sends its request. */
    Duration refreshAfter() {
        return whole().dividedBy(2);
    }

    /** When to give the session up: the smaller of 32 s and a third before it runs out. */
    Duration giveUpAfter() {
        Duration third = whole().dividedBy(3);
        return whole().minus(third.compareTo(LONGEST_MARGIN) < 0 ? third : LONGEST_MARGIN);
    }
}
