package io.siprec.sip.message;

import java.util.Locale;
import java.util.Optional;

/**
 * A URI (RFC 3261 section 19.1). A {@code sip} or {@code sips} URI is taken apart; any other is kept as text, with its
 * scheme.
 */
public final class SipUri {
    private final String text;
    private final String scheme;
    private final String user;
    private final String host;
    private final int port;
    private final Parameters parameters;

    private SipUri(String text, String scheme, String user, String host, int port, Parameters parameters) {
        this.text = text;
        this.scheme = scheme;
        this.user = user;
        this.host = host;
        this.port = port;
        this.parameters = parameters;
    }

    /** Reads a URI; a {@code sip} one must have a host, and a port only in 0 to 65535. */
    public static SipUri parse(String text) throws SipParseException {
        int colon = text.indexOf(':');
        if (colon <= 0 || !Tokens.isToken(text.substring(0, colon))) {
            throw new SipParseException(400, "URI without a scheme");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) == '<' || text.charAt(i) == '>') {
                throw new SipParseException(400, "Bad character in URI at " + i);
            }
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        return scheme.equals("sip") || scheme.equals("sips")
                ? parseSip(text, scheme, colon + 1)
                : new SipUri(text, scheme, "", "", -1, Parameters.NONE);
    }

    /** Reads what there is to read: a text that is no URI gives one with an empty scheme and host. */
    public static SipUri lenient(String text) {
        try {
            return parse(text.trim());
        } catch (SipParseException e) {
            return new SipUri(text, "", "", "", -1, Parameters.NONE);
        }
    }

    private static SipUri parseSip(String text, String scheme, int start) throws SipParseException {
        int at = text.lastIndexOf('@');
        String user = at < 0 ? "" : text.substring(start, at);
        int hostStart = at < 0 ? start : at + 1;
        int question = text.indexOf('?', hostStart);
        int end = question < 0 ? text.length() : question;
        int semicolon = text.indexOf(';', hostStart);
        int hostEnd = semicolon < 0 || semicolon > end ? end : semicolon;
        HostPort hostPort = HostPort.parse(text.substring(hostStart, hostEnd));
        Parameters parameters =
                hostEnd == end ? Parameters.NONE : Parameters.parse(text.substring(hostEnd + 1, end), false);
        return new SipUri(text, scheme, user, hostPort.host(), hostPort.port(), parameters);
    }

    /** The scheme in lower case; empty when the text is no URI. */
    public String scheme() {
        return scheme;
    }

    /** The user part as written, with a password if there is one; empty when absent. */
    public String user() {
        return user;
    }

    /** The host as written, without the brackets of an IPv6 address; empty for other schemes. */
    public String host() {
        return host;
    }

    /** The port, or -1 when absent. */
    public int port() {
        return port;
    }

    /** The value of a URI parameter, empty text for one without a value; names compare without case. */
    public Optional<String> parameter(String name) {
        return parameters.value(name);
    }

    /** The URI as it was written. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SipUri uri && uri.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
