package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.NameAddress;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipUri;
import java.util.Optional;

/** What a dialog knows of where its peer is (RFC 3261 section 12.2.1.1). */
final class RemoteTarget {
    private RemoteTarget() {}

    /** The URI of a Contact if a request can go there; vendors send Contacts that are none. */
    static Optional<SipUri> of(SipMessage message) {
        return message.contact().map(NameAddress::uri).filter(RemoteTarget::usable);
    }

    static boolean usable(SipUri uri) {
        return (uri.scheme().equals("sip") || uri.scheme().equals(Sips.SCHEME))
                && !uri.host().isEmpty();
    }

    /** What stands in for a Contact that can't be used: the address that the peer's message came from. */
    static SipUri sourceOf(Peer peer) {
        String host = peer.remote().getAddress().getHostAddress();
        String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return SipUri.lenient("sip:" + bracketed + ":" + peer.remote().getPort() + ";transport="
                + peer.transport().parameter());
    }
}
