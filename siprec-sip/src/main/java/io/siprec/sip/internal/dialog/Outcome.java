package io.siprec.sip.internal.dialog;

import io.siprec.sip.message.SipResponse;
import java.util.Optional;

/** The final response; without one, whether it was waited for in vain or the request did not get away. */
record Outcome(Optional<SipResponse> response, boolean timedOut) {
    static final Outcome TIMED_OUT = new Outcome(Optional.empty(), true);
    static final Outcome NOT_SENT = new Outcome(Optional.empty(), false);

    static Outcome of(SipResponse response) {
        return new Outcome(Optional.of(response), false);
    }

    /** Whether the peer does not know the dialog any more, or does not live (RFC 3261 section 12.2.1.2). */
    boolean dialogGone() {
        return timedOut
                || response.filter(r -> r.status() == 481 || r.status() == 408).isPresent();
    }

    /** The status that says why the dialog is gone. */
    int status() {
        return response.map(SipResponse::status).orElse(408);
    }
}
