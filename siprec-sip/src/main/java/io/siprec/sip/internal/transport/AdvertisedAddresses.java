package io.siprec.sip.internal.transport;

import io.siprec.sip.transport.ListeningPoint;
import io.siprec.sip.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Host and port in our Via and Contact: where a peer reaches us (RFC 3261 sections 8.1.1.8 and 18.1.1). */
final class AdvertisedAddresses {
    private final String fixedHost;
    private final LocalAddresses localAddresses = new LocalAddresses();
    private final List<ListeningPoint> points = new ArrayList<>();

    /** An empty {@code fixedHost} means the address towards each peer. */
    AdvertisedAddresses(String fixedHost) {
        this.fixedHost = fixedHost;
    }

    void listensOn(ListeningPoint point) {
        points.add(point);
    }

    /** Our address towards the peer. */
    InetAddress towards(InetAddress remote) {
        return localAddresses.towards(remote);
    }

    /** The host of a datagram socket: its address, the fixed host, or the address that the peer can reach. */
    String datagramHost(InetAddress bound, InetAddress remote) {
        if (!bound.isAnyLocalAddress()) {
            return LocalAddresses.uriHost(bound);
        }
        return fixedHost.isEmpty() ? LocalAddresses.uriHost(towards(remote)) : fixedHost;
    }

    /** The host of a connection, whose own address is never the wildcard: that of its listening point counts. */
    String host(Transport transport, InetSocketAddress local) {
        boolean wildcard =
                taking(transport, local).filter(AdvertisedAddresses::wildcard).isPresent();
        return wildcard && !fixedHost.isEmpty() ? fixedHost : LocalAddresses.uriHost(local.getAddress());
    }

    /** The port where new connections are taken; the connection's own when there is none. */
    int port(Transport transport, InetSocketAddress local) {
        return taking(transport, local).map(point -> point.address().getPort()).orElse(local.getPort());
    }

    /** The listening point that took a connection, or that takes others at the address of one that we made. */
    private Optional<ListeningPoint> taking(Transport transport, InetSocketAddress local) {
        ListeningPoint other = null;
        for (ListeningPoint point : points) {
            boolean reached = wildcard(point) || point.address().getAddress().equals(local.getAddress());
            if (point.transport() != transport || !reached) {
                continue;
            }
            if (point.address().getPort() == local.getPort()) {
                return Optional.of(point);
            }
            other = other == null ? point : other;
        }
        return Optional.ofNullable(other);
    }

    private static boolean wildcard(ListeningPoint point) {
        return point.address().getAddress().isAnyLocalAddress();
    }
}
