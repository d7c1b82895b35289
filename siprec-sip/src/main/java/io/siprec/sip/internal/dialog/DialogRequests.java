package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.auth.Authorizer;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.CSeq;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.NameAddress;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipUri;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes requests in a dialog (RFC 3261 section 12.2.1.1).
 *
 * @param local our From value, with our tag
 * @param remote the To value, with the peer's tag
 * @param routes the route set, from us to the peer
 * @param authorizer adds credentials where we were asked for them
 */
record DialogRequests(
        Context context,
        String callId,
        NameAddress local,
        NameAddress remote,
        List<NameAddress> routes,
        Authorizer authorizer) {

    SipRequest write(
            String method, long cseq, SipUri target, Peer hop, Peer contactPeer, List<Header> headers, SipBody body) {
        boolean strict = !routes.isEmpty() && !routes.get(0).uri().looseRouter();
        SipUri next = strict ? routes.get(0).uri() : target;
        String uri = RemoteTarget.requestUri(next);
        SipRequest.Builder builder = SipRequest.builder(method, uri).header("Via", context.via(hop));
        for (NameAddress route : routeHeaders(strict, target)) {
            builder.header("Route", route);
        }
        builder.header("Max-Forwards", "70")
                .header("From", local)
                .header("To", remote)
                .header("Call-ID", callId)
                .header("CSeq", new CSeq(cseq, method));
        if (method.equals("INVITE") || method.equals("UPDATE")) {
            builder.headers(
                    List.of(context.contact(contactPeer, sips(target)), Methods.ALLOW, context.offered(method, body)));
        }
        builder.headers(headers);
        if (!method.equals("ACK")) { // it has those of its INVITE
            builder.headers(authorizer.headers(method, uri, body.content()));
        }
        if (!context.settings().productName().isEmpty()) {
            builder.header("User-Agent", context.settings().productName());
        }
        return builder.body(body).build();
    }

    /** Whether a request of ours has a sips URI first, so that its Contact must be one (section 8.1.1.8). */
    private boolean sips(SipUri target) {
        return target.scheme().equals(Sips.SCHEME) || !routes.isEmpty() && Sips.is(routes.get(0));
    }

    /** A first hop without {@code lr} routes strictly: it stands in the Request-URI, the target at the end of the list. */
    private List<NameAddress> routeHeaders(boolean strict, SipUri target) {
        if (!strict) {
            return routes;
        }
        List<NameAddress> shifted = new ArrayList<>(routes.subList(1, routes.size()));
        shifted.add(NameAddress.of(target));
        return shifted;
    }
}
