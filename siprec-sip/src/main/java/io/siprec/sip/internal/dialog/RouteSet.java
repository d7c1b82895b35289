package io.siprec.sip.internal.dialog;

import io.siprec.sip.message.NameAddress;
import io.siprec.sip.message.SipMessage;
import java.util.List;

/** What Record-Route says of the way of requests in a dialog (RFC 3261 section 12.1). */
final class RouteSet {
    private RouteSet() {}

    /** In the order of the message. A value that no request could carry names no hop and is left out. */
    static List<NameAddress> of(SipMessage message) {
        return message.recordRoutes().stream().filter(RouteSet::readable).toList();
    }

    /** An address that can't be read has a URI without a scheme. */
    private static boolean readable(NameAddress route) {
        return !route.uri().scheme().isEmpty();
    }
}
