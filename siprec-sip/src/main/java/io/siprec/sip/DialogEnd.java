package io.siprec.sip;

import io.siprec.sip.message.Reason;
import io.siprec.sip.message.SipRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a dialog ended.
 *
 * @param bye the peer's BYE, if there was one; its body may hold last metadata
 */
public record DialogEnd(Cause cause, Optional<SipRequest> bye) {
    /** Neither may be null. */
    public DialogEnd {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(bye, "bye");
    }

    /** Why the peer sent its BYE, in its words (RFC 3326); empty without one, or when it gave no reason. */
    public List<Reason> reasons() {
        return bye.map(Reason::of).orElse(List.of());
    }

    /** Why a dialog ended. */
    public enum Cause {
        /** The peer sent BYE; or CANCEL, while our 2xx waited for a PRACK. */
        REMOTE_BYE,
        /** We sent BYE. */
        LOCAL_BYE,
        /**
         * The ACK of our 2xx did not come within 64*T1, and the stack sent BYE (RFC 3261 section 13.3.1.4); or the PRACK did
         * not come that the 2xx waited for (RFC 3262 section 3).
         */
        NO_ACK,
        /** A request of ours got 481 or 408, or no answer (RFC 3261 section 12.2.1.2). */
        REQUEST_FAILED,
        /** The session timer ran out without a refresh; the stack sent BYE (RFC 4028 section 10). */
        SESSION_EXPIRED,
        /** Our BYE could not be sent: the peer takes no connection. */
        TRANSPORT,
        /** The endpoint was closed under the dialog. */
        ENDPOINT_CLOSED
    }
}
