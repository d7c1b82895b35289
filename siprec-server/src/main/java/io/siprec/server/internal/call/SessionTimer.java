package io.siprec.server.internal.call;

import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The session timer that an SRC asked for (RFC 4028), with the SRC as refresher. Where the SRC wants us to refresh, or
 * does not know the extension itself, the answer has no Session-Expires and so there is no timer (§9).
 *
 * @param interval after which the session ends unless it is refreshed
 */
record SessionTimer(Duration interval) {
    /** RFC 4028 §4: no interval below this one. */
    static final long MIN_SE_SECONDS = 90;

    private static final long LONGEST_SECONDS = 7 * 24 * 3600;

    /** The timer that a request's headers ask for. */
    static Optional<SessionTimer> of(SipRequest request) throws Refusal {
        Optional<String> header = request.header("Session-Expires");
        boolean known = hasTimerTag(request, "Supported") || hasTimerTag(request, "Require");
        if (header.isEmpty() || !known) {
            return Optional.empty();
        }
        String[] fields = header.get().split(";");
        long seconds = seconds(fields[0].trim());
        if (seconds < MIN_SE_SECONDS) {
            throw new Refusal(422, "Session Interval Too Small", new Header("Min-SE", Long.toString(MIN_SE_SECONDS)));
        }
        return refresherIsUs(fields)
                ? Optional.empty()
                : Optional.of(new SessionTimer(Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS))));
    }

    /** What the 200 says of it. */
    List<Header> answerHeaders() {
        return List.of(
                new Header("Require", "timer"), new Header("Session-Expires", interval.toSeconds() + ";refresher=uac"));
    }

    /** When to send BYE if no refresh came: the smaller of 32 s and a third before the end (RFC 4028 §10). */
    Duration patience() {
        Duration third = interval.dividedBy(3);
        Duration early = third.compareTo(Duration.ofSeconds(32)) < 0 ? third : Duration.ofSeconds(32);
        return interval.minus(early);
    }

    private static boolean hasTimerTag(SipRequest request, String header) {
        return request.values(header).stream().anyMatch("timer"::equalsIgnoreCase);
    }

    private static boolean refresherIsUs(String[] fields) {
        for (int i = 1; i < fields.length; i++) {
            if (fields[i].replace(" ", "").equalsIgnoreCase("refresher=uas")) {
                return true;
            }
        }
        return false;
    }

    private static long seconds(String text) throws Refusal {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new Refusal(400, "Bad Session-Expires");
        }
        return Long.parseLong(text);
    }
}
