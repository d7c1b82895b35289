package io.siprec.sip.internal.auth;

import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipUri;

/** Whether the uri of a digest is about this request (RFC 7616 section 3.4.6, RFC 3261 section 22.4). */
final class DigestUri {
    private DigestUri() {}

    static boolean exact(String uri, SipRequest request) {
        return uri.equals(request.requestUri());
    }

    /** Same host and port as the Request-URI or To, and the same user or none: what a proxy may have rewritten. */
    static boolean samePlace(String uri, SipRequest request) {
        if (exact(uri, request)) {
            return true;
        }
        SipUri given = SipUri.lenient(uri);
        return !given.host().isEmpty()
                && (samePlace(given, SipUri.lenient(request.requestUri()))
                        || samePlace(given, request.to().uri()));
    }

    private static boolean samePlace(SipUri given, SipUri wanted) {
        return given.host().equalsIgnoreCase(wanted.host())
                && port(given) == port(wanted)
                && (given.user().isEmpty() || given.user().equals(wanted.user()));
    }

    private static int port(SipUri uri) {
        return uri.port() >= 0 ? uri.port() : uri.scheme().equals("sips") ? 5061 : 5060;
    }
}
