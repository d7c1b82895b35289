package io.siprec.server.internal.media;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses without a look-up: a name in SDP must not make a loop wait for DNS; its packets are latched on instead. */
final class IpLiteral {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    // Exact, since the JDK takes 999.1.1.1 for a name and would look it up.
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private IpLiteral() {}

    /** The address; the unspecified one for a name. */
    static InetAddress address(String host) {
        return parse(host, 1).orElseGet(() -> new InetSocketAddress(1)).getAddress();
    }

    static Optional<InetSocketAddress> parse(String host, int port) {
        if (!IPV4.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException e) {
            return Optional.empty(); // colons and digits, but no address
        }
    }
}
