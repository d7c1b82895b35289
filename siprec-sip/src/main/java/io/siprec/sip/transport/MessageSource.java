package io.siprec.sip.transport;

import java.net.InetSocketAddress;
import java.util.Objects;

/** Where a message really came from, whatever its headers say, and the local address that took it. */
public record MessageSource(Transport transport, InetSocketAddress remote, InetSocketAddress local) {
    /** None may be missing. */
    public MessageSource {
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(remote, "remote");
        Objects.requireNonNull(local, "local");
    }
}
