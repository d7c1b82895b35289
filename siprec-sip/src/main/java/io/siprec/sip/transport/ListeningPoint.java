package io.siprec.sip.transport;

import java.net.InetSocketAddress;
import java.util.Objects;

/** A transport and the local address that it listens on; as text {@code 127.0.0.1:5060/udp}. */
public record ListeningPoint(Transport transport, InetSocketAddress address) {
    /** Neither may be missing. */
    public ListeningPoint {
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(address, "address");
    }

    @Override
    public String toString() {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return bracketed + ":" + address.getPort() + "/" + transport.parameter();
    }
}
