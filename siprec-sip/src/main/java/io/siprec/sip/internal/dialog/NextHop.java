package io.siprec.sip.internal.dialog;

import io.siprec.sip.address.AddressLiteral;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.NameAddress;
import io.siprec.sip.message.SipUri;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where a request of ours in a dialog goes (RFC 3261 sections 12.2.1.1 and 18.1.1, RFC 3263 section 4): over the open
 * connection of the dialog (RFC 5923), else to the first route or the remote target. A name is not looked up, which would
 * block the loop: its host is taken to be where the peer was last heard.
 */
final class NextHop {

    private final Context context;
    private final Peer peer;
    private final SipUri next;

    private NextHop(Context context, Peer peer, SipUri next) {
        this.context = context;
        this.peer = peer;
        this.next = next;
    }

    /** The way to the next hop of a dialog whose peer was last heard through {@code peer}. */
    static Peer of(Context context, Peer peer, List<NameAddress> routes, SipUri target) throws IOException {
        SipUri next = routes.isEmpty() ? target : routes.get(0).uri();
        return new NextHop(context, peer, next).way();
    }

    private Peer way() throws IOException {
        if (peer.transport().reliable() && peer.open() && secureEnough()) {
            return peer;
        }
        Transport transport = transport();
        Optional<InetAddress> literal = literal();
        if (transport == Transport.UDP && peer.transport() == Transport.UDP) {
            return literal.isPresent() ? peer.towards(at(literal.get(), transport)) : peer;
        }
        InetAddress address =
                literal.orElseGet(() -> Peer.named(next.host(), peer.remote().getAddress()));
        return context.network().peer(transport, at(address, transport));
    }

    private boolean secureEnough() {
        return peer.transport() == Transport.TLS || !next.scheme().equals(Sips.SCHEME);
    }

    /** Sips means TLS; without a parameter the transport that the peer used is the one that works. */
    private Transport transport() {
        if (next.scheme().equals(Sips.SCHEME)) {
            return Transport.TLS;
        }
        String wanted = next.parameter("transport").orElse("");
        for (Transport transport : Transport.values()) {
            if (transport.parameter().equalsIgnoreCase(wanted)) {
                return transport;
            }
        }
        return peer.transport();
    }

    private InetSocketAddress at(InetAddress address, Transport transport) {
        return new InetSocketAddress(address, next.port() <= 0 ? transport.defaultPort() : next.port());
    }

    private Optional<InetAddress> literal() {
        return RemoteTarget.usable(next) ? AddressLiteral.parse(next.host()) : Optional.empty();
    }
}
