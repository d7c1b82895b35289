package io.siprec.sip.internal.dialog;

import io.siprec.sip.message.SipResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * 500 or 503 to a re-INVITE or UPDATE: the peer is busy with something of its own and says for how long (RFC 3261 sections
 * 14.2 and 21.5.4, RFC 3311 section 5.2). One that wants us to wait for longer than a minute has really refused.
 */
final class BusyRetry implements RetryRule {
    /** The longest wait that section 14.2 lets a peer ask for: taken, once, where a 500 names none. */
    private static final int DEFAULT_SECONDS = 10;

    private static final int LONGEST_SECONDS = 60;

    BusyRetry() {}

    @Override
    public Optional<Retry> after(Refused refused) {
        SipResponse response = refused.response();
        boolean busy = response.status() == 500 || response.status() == 503;
        if (!busy || !GlareRetry.modifiesSession(refused.request())) {
            return Optional.empty();
        }
        int seconds = seconds(response);
        if (seconds < 0 && response.status() == 500 && refused.tries() == 1) {
            seconds = DEFAULT_SECONDS;
        }
        return seconds < 0 || seconds > LONGEST_SECONDS ? Optional.empty() : Retry.later(Duration.ofSeconds(seconds));
    }

    /** The delta-seconds of Retry-After, a comment or parameter after them left out; -1 without any. */
    private static int seconds(SipResponse response) {
        String value = response.header("Retry-After").orElse("");
        int end = 0;
        while (end < value.length() && end < 9 && Character.digit(value.charAt(end), 10) >= 0) {
            end++;
        }
        return end == 0 ? -1 : Integer.parseInt(value.substring(0, end));
    }
}
