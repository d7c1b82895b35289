package io.siprec.sip.internal.dialog;

import io.siprec.sip.SessionTimerSettings;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SessionExpires;
import io.siprec.sip.message.SessionExpires.Refresher;
import java.util.List;
import java.util.Optional;

/** What an INVITE or UPDATE of ours says of the session timer (RFC 4028 sections 7.1 and 7.4). */
final class SessionTimerOffer {
    private SessionTimerOffer() {}

    /** For the INVITE that makes a dialog. */
    static List<Header> headers(SessionTimerSettings settings) {
        return headers(settings, settings.minimum().toSeconds());
    }

    /** For a request where no timer runs yet. */
    static List<Header> headers(SessionTimerSettings settings, long minimumSeconds) {
        if (!settings.enabled() || !settings.askAsClient()) {
            return List.of();
        }
        boolean self = settings.preferredRefresher() == SessionTimerSettings.Refresher.SELF;
        return headers(
                settings.interval().toSeconds(), self ? Optional.of(Refresher.UAC) : Optional.empty(), minimumSeconds);
    }

    /** An interval, not below what others want as least; that is repeated for those on the way once it is not the default. */
    static List<Header> headers(long seconds, Optional<Refresher> refresher, long minimumSeconds) {
        SessionExpires expires = new SessionExpires(Math.max(seconds, minimumSeconds), refresher);
        Header header = new Header("Session-Expires", expires.toString());
        return minimumSeconds > SessionTimerSettings.SHORTEST.toSeconds()
                ? List.of(header, new Header("Min-SE", Long.toString(minimumSeconds)))
                : List.of(header);
    }
}
