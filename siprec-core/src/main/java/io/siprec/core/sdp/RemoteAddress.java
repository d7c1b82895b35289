package io.siprec.core.sdp;

import java.util.Objects;

/**
 * Where the peer takes packets, as it said so.
 *
 * @param host an address or a host name; nothing was looked up
 * @param port 1 to 65535
 */
public record RemoteAddress(String host, int port) {
    /** Checks the port. */
    public RemoteAddress {
        Objects.requireNonNull(host, "host");
        if (port < 1 || port > 65_535) throw new IllegalArgumentException("port " + port);
    }
}
