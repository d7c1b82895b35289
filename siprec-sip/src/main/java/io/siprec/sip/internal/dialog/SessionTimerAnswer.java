package io.siprec.sip.internal.dialog;

import io.siprec.sip.SessionTimerSettings;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SessionExpires;
import io.siprec.sip.message.SessionExpires.Refresher;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipRequest;
import java.util.List;
import java.util.Optional;

/**
 * What our 2xx to an INVITE or UPDATE says of the session timer (RFC 4028 section 9).
 *
 * @param agreed the timer that it sets, if any
 * @param headers to be written into it
 */
record SessionTimerAnswer(Optional<SessionInterval> agreed, List<Header> headers) {
    private static final SessionTimerAnswer NONE = new SessionTimerAnswer(Optional.empty(), List.of());

    /** Why the request's interval can't be taken; 422 only towards a peer that understands it. */
    static Optional<RequestChecks.Refusal> refusal(SipRequest request, SessionTimerSettings settings) {
        if (!settings.enabled() || !SessionTimer.refreshes(request.method())) {
            return Optional.empty();
        }
        try {
            return SessionExpires.of(request)
                    .filter(asked -> tooShort(asked, settings) && peerKnowsTimers(request))
                    .map(asked -> new RequestChecks.Refusal(
                            422,
                            "Session Interval Too Small",
                            List.of(new Header(
                                    "Min-SE", Long.toString(settings.minimum().toSeconds())))));
        } catch (SipParseException e) {
            return Optional.of(new RequestChecks.Refusal(e.status(), e.getMessage(), List.of()));
        }
    }

    /** The answer to a request that was not refused. */
    static SessionTimerAnswer to(SipRequest request, SessionTimerSettings settings) {
        if (!settings.enabled()) {
            return NONE;
        }
        Optional<SessionExpires> asked = asked(request);
        boolean known = peerKnowsTimers(request);
        if (asked.isEmpty() ? !settings.askAsServer() : tooShort(asked.get(), settings)) {
            return NONE;
        }
        long wanted = Math.max(settings.interval().toSeconds(), SessionExpires.minimumSeconds(request));
        long seconds = asked.map(expires -> Math.min(expires.seconds(), wanted)).orElse(wanted);
        boolean ours = !known || ours(asked.flatMap(SessionExpires::refresher), settings);
        Refresher refresher = ours ? Refresher.UAS : Refresher.UAC;
        Header expires = new Header("Session-Expires", new SessionExpires(seconds, Optional.of(refresher)).toString());
        return new SessionTimerAnswer(
                Optional.of(new SessionInterval(seconds, ours)),
                known ? List.of(new Header("Require", "timer"), expires) : List.of(expires));
    }

    private static boolean ours(Optional<Refresher> asked, SessionTimerSettings settings) {
        return asked.map(who -> who == Refresher.UAS)
                .orElse(settings.preferredRefresher() == SessionTimerSettings.Refresher.SELF);
    }

    private static Optional<SessionExpires> asked(SipRequest request) {
        try {
            return SessionExpires.of(request);
        } catch (SipParseException e) {
            return Optional.empty();
        }
    }

    private static boolean tooShort(SessionExpires asked, SessionTimerSettings settings) {
        return asked.seconds() < settings.minimum().toSeconds();
    }

    private static boolean peerKnowsTimers(SipRequest request) {
        return OptionTags.has(request, "Supported", OptionTags.TIMER)
                || OptionTags.has(request, "Require", OptionTags.TIMER);
    }
}
