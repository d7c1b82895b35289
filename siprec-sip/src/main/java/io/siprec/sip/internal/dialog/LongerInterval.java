package io.siprec.sip.internal.dialog;

import io.siprec.sip.message.Header;
import io.siprec.sip.message.SessionExpires;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** 422 to an INVITE or UPDATE: the same with the least interval that the other side takes (RFC 4028 section 7.3). */
final class LongerInterval implements RetryRule {
    LongerInterval() {}

    @Override
    public Optional<Retry> after(Refused refused) {
        if (refused.response().status() != 422) {
            return Optional.empty();
        }
        long wanted = SessionExpires.minimumSeconds(refused.response());
        return asked(refused.request())
                .filter(asked -> asked.seconds() < wanted)
                .flatMap(asked -> Retry.now(headers -> lengthened(headers, asked, wanted)));
    }

    private static Optional<SessionExpires> asked(SipRequest request) {
        try {
            return SessionExpires.of(request);
        } catch (SipParseException e) {
            return Optional.empty();
        }
    }

    private static List<Header> lengthened(List<Header> headers, SessionExpires asked, long seconds) {
        List<Header> changed = new ArrayList<>(SessionTimerOffer.headers(seconds, asked.refresher(), seconds));
        headers.stream()
                .filter(header -> !header.name().equalsIgnoreCase("Session-Expires"))
                .filter(header -> !header.name().equalsIgnoreCase("Min-SE"))
                .forEach(changed::add);
        return changed;
    }
}
