package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.NameAddress;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipUri;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where requests in a dialog go (RFC 3261 section 12.2.1.1). */
final class RemoteTarget {
    private static final int DEFAULT_PORT = 5060;
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private RemoteTarget() {}

    /** The URI of a Contact if a request can go there; vendors send Contacts that are none. */
    static Optional<SipUri> of(SipMessage message) {
        return message.contact().map(NameAddress::uri).filter(RemoteTarget::usable);
    }

    private static boolean usable(SipUri uri) {
        return uri.scheme().equals("sip") && !uri.host().isEmpty();
    }

    /** What stands in for a Contact that can't be used: the address that the peer's message came from. */
    static SipUri sourceOf(Peer peer) {
        String host = peer.remote().getAddress().getHostAddress();
        String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return SipUri.lenient("sip:" + bracketed + ":" + peer.remote().getPort() + ";transport="
                + peer.transport().parameter());
    }

    /** The first hop: the open connection of the dialog, the first Route or the target, else where the peer sent from. */
    static Peer firstHop(Context context, Peer peer, List<String> routes, SipUri target) throws IOException {
        if (peer.transport().reliable() && peer.open()) {
            return peer;
        }
        SipUri next =
                routes.isEmpty() ? target : NameAddress.lenient(routes.get(0)).uri();
        Optional<InetSocketAddress> address = literal(next);
        if (address.isEmpty()) {
            return peer.open() ? peer : context.network().peer(peer.transport(), peer.remote());
        }
        boolean datagrams = peer.transport() == Transport.UDP && transport(next, peer) == Transport.UDP;
        return datagrams ? peer.towards(address.get()) : context.network().peer(transport(next, peer), address.get());
    }

    private static Transport transport(SipUri uri, Peer peer) {
        String parameter = uri.parameter("transport").orElse("");
        if (parameter.equalsIgnoreCase("tcp")) {
            return Transport.TCP;
        }
        return parameter.equalsIgnoreCase("udp") ? Transport.UDP : peer.transport();
    }

    /** The address in a URI, if it is one: looking up a name would block the loop. */
    private static Optional<InetSocketAddress> literal(SipUri uri) {
        String host = uri.host();
        boolean address = host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
        if (!usable(uri) || !address) {
            return Optional.empty();
        }
        try {
            int port = uri.port() <= 0 ? DEFAULT_PORT : uri.port();
            return Optional.of(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
