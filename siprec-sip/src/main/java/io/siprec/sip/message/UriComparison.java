package io.siprec.sip.message;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tells whether two URIs name the same resource (RFC 3261 section 19.1.4, RFC 3966 section 4). */
final class UriComparison {
    /** Parameters that change what a URI means: one that only one of the URIs has makes them differ. */
    private static final Set<String> NEVER_IGNORED = Set.of("user", "ttl", "method", "maddr", "transport");

    private static final String VISUAL_SEPARATORS = "[-.()]";

    private UriComparison() {}

    static boolean same(SipUri one, SipUri other) {
        if (!one.scheme().equals(other.scheme())) {
            return false;
        }
        return switch (one.scheme()) {
            case "sip", "sips" -> sameSip(one, other);
            case "tel" -> sameTel(one, other);
            default -> one.equals(other);
        };
    }

    private static boolean sameSip(SipUri one, SipUri other) {
        return userInfo(one).equals(userInfo(other))
                && hasUser(one) == hasUser(other)
                && one.port() == other.port()
                && sameHost(one.host(), other.host())
                && sameParameters(lowerNames(one.parameters()), lowerNames(other.parameters()))
                && lowerNames(one.headers()).equals(lowerNames(other.headers()));
    }

    private static boolean hasUser(SipUri uri) {
        return uri.userEnd() < uri.text().end() && uri.text().bytes()[uri.userEnd()] == '@';
    }

    private static String userInfo(SipUri uri) {
        return Escapes.normalized(uri.text().bytes(), uri.userStart(), uri.userEnd());
    }

    /** IPv6 addresses may be written in several ways (RFC 5954 section 4.2). */
    private static boolean sameHost(String one, String other) {
        if (one.equalsIgnoreCase(other)) {
            return true;
        }
        if (one.indexOf(':') < 0 || other.indexOf(':') < 0) {
            return false;
        }
        try {
            return InetAddress.getByName(one).equals(InetAddress.getByName(other));
        } catch (UnknownHostException e) {
            return false; // with a colon in it no name is looked up
        }
    }

    private static boolean sameParameters(Map<String, String> one, Map<String, String> other) {
        return covers(one, other) && covers(other, one);
    }

    private static boolean covers(Map<String, String> one, Map<String, String> other) {
        for (Map.Entry<String, String> parameter : one.entrySet()) {
            String value = other.get(parameter.getKey());
            boolean same = value == null
                    ? !NEVER_IGNORED.contains(parameter.getKey())
                    : value.equalsIgnoreCase(parameter.getValue());
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> lowerNames(Map<String, String> map) {
        Map<String, String> lower = new TreeMap<>();
        map.forEach((name, value) -> lower.put(name.toLowerCase(java.util.Locale.ROOT), value));
        return lower;
    }

    private static boolean sameTel(SipUri one, SipUri other) {
        if (!digits(one.userInfo()).equalsIgnoreCase(digits(other.userInfo()))) {
            return false;
        }
        Map<String, String> parameters = lowerNames(one.parameters());
        Map<String, String> others = lowerNames(other.parameters());
        return parameters.keySet().equals(others.keySet())
                && parameters.entrySet().stream()
                        .allMatch(entry -> comparable(entry.getKey(), entry.getValue())
                                .equalsIgnoreCase(comparable(entry.getKey(), others.get(entry.getKey()))));
    }

    /** A global number as context, and an extension, are numbers; another context is a host name. */
    private static String comparable(String name, String value) {
        boolean number = name.equals("phone-context") && value.startsWith("+") || name.equals("ext");
        return number ? digits(value) : value;
    }

    private static String digits(String number) {
        return number.replaceAll(VISUAL_SEPARATORS, "");
    }
}
