package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.NameAddress;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipUri;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a dialog knows of where its peer is (RFC 3261 section 12.2.1.1). */
final class RemoteTarget {
    private static final Pattern METHOD = Pattern.compile(";method(=[^;]*)?(?=;|$)", Pattern.CASE_INSENSITIVE);

    private RemoteTarget() {}

    /** The URI of a Contact if a request can go there; vendors send Contacts that are none. */
    static Optional<SipUri> of(SipMessage message) {
        return message.contact().map(NameAddress::uri).filter(RemoteTarget::usable);
    }

    /** The same, else the address that the message came from. */
    static SipUri of(SipMessage message, Peer source) {
        return of(message).orElseGet(() -> sourceOf(source));
    }

    static boolean usable(SipUri uri) {
        return (uri.scheme().equals("sip") || uri.scheme().equals(Sips.SCHEME))
                && !uri.host().isEmpty();
    }

    /** The text of a URI without what a Request-URI may not have: method parameter and headers (RFC 3261 section 19.1.1). */
    static String requestUri(SipUri uri) {
        String text = uri.toString();
        int headers = text.indexOf('?', Math.max(text.lastIndexOf('@'), 0));
        String bare = headers < 0 ? text : text.substring(0, headers);
        return uri.parameter("method").isEmpty() ? bare : METHOD.matcher(bare).replaceAll("");
    }

    /** What stands in for a Contact that can't be used: the address that the peer's message came from. */
    private static SipUri sourceOf(Peer peer) {
        String host = peer.remote().getAddress().getHostAddress();
        String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return SipUri.lenient("sip:" + bracketed + ":" + peer.remote().getPort() + ";transport="
                + peer.transport().parameter());
    }
}
