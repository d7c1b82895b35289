package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.auth.Authorizer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One reason to send a refused request of ours once more; {@link RetryRules} asks each in turn. Loop thread only. */
interface RetryRule {
    /** Whether, when and how the request goes out again; empty when the response is not this rule's business. */
    Optional<Retry> after(Refused refused);

    /**
     * A try that was refused.
     *
     * @param request as it was sent: its method, Request-URI, headers and body are what a digest is computed over
     * @param response of 300 to 699
     * @param tries how often the request was sent up to now, at least 1
     * @param ourCallId whether we made the Call-ID (RFC 3261 section 14.1)
     * @param authorizer of the call
     */
    record Refused(SipRequest request, SipResponse response, int tries, boolean ourCallId, Authorizer authorizer) {}

    /**
     * What to do: the request goes out again, with the next CSeq number and a new branch.
     *
     * @param delay until then; zero for at once
     * @param headers makes the caller's headers of the next try from those of the last one
     */
    record Retry(Duration delay, UnaryOperator<List<Header>> headers) {
        /** The same request, later. */
        static Optional<Retry> later(Duration delay) {
            return Optional.of(new Retry(delay, UnaryOperator.identity()));
        }

        /** Another request, now. */
        static Optional<Retry> now(UnaryOperator<List<Header>> headers) {
            return Optional.of(new Retry(Duration.ZERO, headers));
        }
    }
}
