package io.siprec.server.internal.call;

import java.net.InetSocketAddress;

/** Addresses as text: {@code 192.0.2.1:5060}, {@code [2001:db8::1]:5060}. */
final class HostPort {
    private HostPort() {}

    static String text(InetSocketAddress address) {
        String host = address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return host.contains(":") ? "[" + host + "]:" + address.getPort() : host + ":" + address.getPort();
    }
}
