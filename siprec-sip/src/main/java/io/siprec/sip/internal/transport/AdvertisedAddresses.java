package io.siprec.sip.internal.transport;

import io.siprec.sip.transport.ListeningPoint;
import io.siprec.sip.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

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

    /** The host of a connection, whose own address is never the wildcard: that of the listening point counts. */
    String host(Transport transport, InetAddress local) {
        boolean wildcard = points.stream()
                .anyMatch(point -> point.transport() == transport
                        && point.address().getAddress().isAnyLocalAddress());
        return fixedHost.isEmpty() || !wildcard ? LocalAddresses.uriHost(local) : fixedHost;
    }

    /** The port where new connections are taken; the connection's own when there is none. */
    int port(Transport transport, InetSocketAddress local) {
        int port = local.getPort();
        for (ListeningPoint point : points) {
            InetSocketAddress address = point.address();
            if (point.transport() != transport) {
                continue;
            }
            if (address.getPort() == local.getPort()) {
                return local.getPort();
            }
            if (address.getAddress().isAnyLocalAddress() || address.getAddress().equals(local.getAddress())) {
                port = address.getPort();
            }
        }
        return port;
    }
}
