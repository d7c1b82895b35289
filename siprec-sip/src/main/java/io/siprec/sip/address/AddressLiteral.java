package io.siprec.sip.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IP address written out. The JDK asks the resolver for whatever it does not take for one; this never does. */
public final class AddressLiteral {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private AddressLiteral() {}

    /** The address; empty when the text is none. IPv6 stands without brackets and without a zone. */
    public static Optional<InetAddress> parse(String text) {
        boolean ipv6 = IPV6.matcher(text).matches();
        if (!ipv6 && !isIpv4(text)) {
            return Optional.empty();
        }
        try { // in brackets the JDK takes a text as an address or refuses it
            return Optional.of(InetAddress.getByName(ipv6 ? "[" + text + "]" : text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether the text is an IPv4 address of four numbers. */
    public static boolean isIpv4(String text) {
        return IPV4.matcher(text).matches();
    }
}
