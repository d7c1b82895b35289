package io.siprec.sip.internal.dialog;

import java.util.List;
import java.util.Optional;

/**
 * Decides what becomes of a request of ours that got a response of 300 to 699: the one place for it, for requests in a
 * dialog and for the INVITE that makes one. The first rule that has an answer is followed; after {@link #MAX_TRIES} tries
 * the last response is the outcome. A new reason to try again is a new {@link RetryRule} in {@link #of}.
 */
final class RetryRules {
    /** How often one request is sent at most, whatever the reasons. */
    static final int MAX_TRIES = 5;

    private final List<RetryRule> rules;

    RetryRules(List<RetryRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The rules of an endpoint, those that change the request first. */
    static RetryRules of(IdSource ids) {
        return new RetryRules(
                List.of(new ChallengeRetry(), new LongerInterval(), new GlareRetry(ids), new BusyRetry()));
    }

    Optional<RetryRule.Retry> after(RetryRule.Refused refused) {
        if (refused.tries() >= MAX_TRIES) {
            return Optional.empty();
        }
        for (RetryRule rule : rules) {
            Optional<RetryRule.Retry> retry = rule.after(refused);
            if (retry.isPresent()) {
                return retry;
            }
        }
        return Optional.empty();
    }
}
