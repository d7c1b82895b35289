package io.siprec.sip.internal.dialog;

import io.siprec.sip.message.SipRequest;
import java.util.Optional;

/** 491 to a re-INVITE or UPDATE: both sides wait, each in a range of its own (RFC 3261 section 14.1, RFC 3311 section 5.3). */
final class GlareRetry implements RetryRule {
    private final IdSource ids;

    GlareRetry(IdSource ids) {
        this.ids = ids;
    }

    @Override
    public Optional<Retry> after(Refused refused) {
        boolean glare = refused.response().status() == 491 && modifiesSession(refused.request());
        return glare ? Retry.later(ids.glareDelay(refused.ourCallId())) : Optional.empty();
    }

    /** Whether the request is a re-INVITE or an UPDATE. */
    static boolean modifiesSession(SipRequest request) {
        boolean may = request.method().equals("INVITE") || request.method().equals("UPDATE");
        return may && !request.initial();
    }
}
