package io.siprec.sip;

import io.siprec.sip.message.Header;
import java.util.List;

/** How an OPTIONS is answered (RFC 3261 section 11.2): as an INVITE would be at this moment. */
public record OptionsAnswer(int status, String reason, List<Header> headers) {
    /** A final status other than 408. */
    public OptionsAnswer {
        if (status < 200 || status > 699 || status == 408) { // RFC 4320 section 4.2: no 408 but to INVITE
            throw new IllegalArgumentException("status must be final and not 408, was " + status);
        }
        headers = List.copyOf(headers);
    }

    /** 200: calls are taken. */
    public static OptionsAnswer ok() {
        return new OptionsAnswer(200, "OK", List.of());
    }

    /** 503 with Retry-After: full or draining. */
    public static OptionsAnswer unavailable(int retryAfterSeconds) {
        return new OptionsAnswer(
                503, "Service Unavailable", List.of(new Header("Retry-After", Integer.toString(retryAfterSeconds))));
    }
}
