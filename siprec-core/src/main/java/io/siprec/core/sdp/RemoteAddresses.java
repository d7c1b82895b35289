package io.siprec.core.sdp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where the peer of an m-line takes packets, as far as packets may be sent there. Nothing is looked up. */
final class RemoteAddresses {
    private static final int MAX_PORT = 65_535;
    private static final int FIRST_MULTICAST = 224;

    private RemoteAddresses() {}

    static Optional<RemoteAddress> rtp(Optional<Connection> connection, MediaDescription line) {
        if (line.port() == 0) return Optional.empty();
        return connection
                .map(Connection::address)
                .filter(RemoteAddresses::isTarget)
                .map(host -> new RemoteAddress(host, line.port()));
    }

    /** The a=rtcp of the line (RFC 3605 §2.1), else the port above RTP (RFC 3550 §11). */
    static Optional<RemoteAddress> rtcp(RemoteAddress rtp, MediaDescription line) {
        Optional<String> attribute = line.attribute("rtcp");
        if (attribute.isEmpty()) return at(rtp.host(), rtp.port() + 1);
        List<String> fields = Words.of(attribute.get());
        String host = fields.size() > 3 ? fields.get(3) : rtp.host();
        boolean usable = !fields.isEmpty() && isTarget(host);
        return usable ? at(host, Numbers.parse(fields.get(0), MAX_PORT)) : Optional.empty();
    }

    /** {@code 0.0.0.0} or {@code ::}: no address at all. */
    static boolean isUnspecified(Connection connection) {
        String host = connection.address();
        try {
            return host.indexOf(':') >= 0
                    ? InetAddress.getByName('[' + host + ']').isAnyLocalAddress()
                    : Arrays.equals(octets(host), new int[4]);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Optional<RemoteAddress> at(String host, int port) {
        return port < 1 || port > MAX_PORT ? Optional.empty() : Optional.of(new RemoteAddress(host, port));
    }

    /** Not the unspecified address (hold by old senders), multicast or broadcast: nothing may be sent there. */
    private static boolean isTarget(String host) {
        if (host.indexOf(':') >= 0) return isTarget6(host);
        int[] octets = octets(host);
        if (octets.length == 0) return true;
        return octets[0] > 0 && octets[0] < FIRST_MULTICAST;
    }

    /** In brackets a host is taken as a literal and never looked up; a mapped IPv4 address counts as what it is. */
    private static boolean isTarget6(String host) {
        try {
            InetAddress address = InetAddress.getByName('[' + host + ']');
            return !address.isAnyLocalAddress() && !address.isMulticastAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The octets of a dotted IPv4 address; none for a host name. */
    private static int[] octets(String host) {
        String[] fields = host.split("\\.", -1);
        if (fields.length != 4) return new int[0];
        int[] octets = new int[4];
        for (int i = 0; i < 4; i++) {
            octets[i] = Numbers.parse(fields[i], 255);
            if (octets[i] < 0) return new int[0];
        }
        return octets;
    }
}
