package io.siprec.core.sdp;

import java.util.Objects;

/**
 * A c= line (RFC 8866 §5.7).
 *
 * @param addressType {@code IP4} or {@code IP6}
 * @param address an address or a host name, without the TTL and the count of a multicast address
 */
public record Connection(String addressType, String address) {
    /** Checks that nothing is null. */
    public Connection {
        Objects.requireNonNull(addressType, "addressType");
        Objects.requireNonNull(address, "address");
    }

    /** A connection of ours: {@code IP6} where the address has a colon. */
    public static Connection of(String address) {
        return new Connection(address.indexOf(':') >= 0 ? "IP6" : "IP4", address);
    }

    /** The family that the line names. */
    public AddressFamily family() {
        return "IP6".equalsIgnoreCase(addressType) ? AddressFamily.IP6 : AddressFamily.IP4;
    }
}
