package io.siprec.sip.internal.dialog;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * 401 and 407: the same request again, with the credentials that the {@link io.siprec.sip.internal.auth.Authorizer} has for
 * it now (RFC 3261 sections 8.1.3.5, 22.2 and 22.3).
 */
final class ChallengeRetry implements RetryRule {
    ChallengeRetry() {}

    @Override
    public Optional<Retry> after(Refused refused) {
        int status = refused.response().status();
        boolean challenge = status == 401 || status == 407;
        return challenge && refused.authorizer().challenged(refused.request(), refused.response(), refused.tries())
                ? Retry.now(UnaryOperator.identity())
                : Optional.empty();
    }
}
