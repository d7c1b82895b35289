package io.siprec.server.internal.media;

import io.siprec.core.sdp.AddressFamily;
import io.siprec.core.sdp.Connection;
import io.siprec.core.sdp.LocalAddresses;
import io.siprec.core.sdp.SessionDescription;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** Our addresses for media: the one at which the SRC reaches us and, where an offer wants it, one of the other family. */
public final class MediaAddresses {
    private final Optional<InetAddress> bound;

    /** @param bound the one address of all RTP sockets; empty when they are bound to every address */
    public MediaAddresses(Optional<InetAddress> bound) {
        this.bound = bound;
    }

    /** What an answer to {@code offer} can name. Asks the system for more only when the offer has lines of two families. */
    LocalAddresses of(SessionDescription offer, String localHost) {
        AddressFamily main = Connection.of(localHost).family();
        if (bound.isPresent() && family(bound.get()) != main) {
            return LocalAddresses.of(text(bound.get())); // nothing is received in the other one
        }
        boolean mixed = offer.media().stream()
                .filter(line -> line.port() != 0)
                .flatMap(line -> offer.connectionOf(line).stream())
                .anyMatch(connection -> connection.family() != main);
        Optional<String> other = mixed && bound.isEmpty() ? beside(localHost, main) : Optional.empty();
        return other.map(address -> LocalAddresses.of(localHost, address))
                .orElseGet(() -> LocalAddresses.of(localHost));
    }

    /** An address of the other family on the interface that the SRC reaches us through. */
    private static Optional<String> beside(String localHost, AddressFamily main) {
        Optional<InetSocketAddress> literal = IpLiteral.parse(localHost, 1);
        if (literal.isEmpty()) {
            return Optional.empty(); // a name that stands for us outside
        }
        try {
            NetworkInterface network =
                    NetworkInterface.getByInetAddress(literal.get().getAddress());
            return Optional.ofNullable(network).stream()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> family(address) != main && !address.isLinkLocalAddress())
                    .map(MediaAddresses::text)
                    .findFirst();
        } catch (SocketException e) {
            return Optional.empty(); // the interface is gone
        }
    }

    private static AddressFamily family(InetAddress address) {
        return address instanceof Inet6Address ? AddressFamily.IP6 : AddressFamily.IP4;
    }

    /** Without the zone, which means something on this machine only. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
