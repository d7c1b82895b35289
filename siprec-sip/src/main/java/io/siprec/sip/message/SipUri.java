package io.siprec.sip.message;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A URI (RFC 3261 section 19.1, RFC 3966). A {@code sip}, {@code sips} or {@code tel} URI is taken apart; any other is
 * kept as text, with its scheme. It does not change.
 */
public final class SipUri {
    private static final int NO_PORT = -1;

    private final Slice text;
    private final String scheme;
    private final int userStart; // of user and password
    private final int userEnd;
    private final HostPort hostPort;
    private final int parametersStart;
    private final int parametersEnd;

    private String written;

    private SipUri(
            Slice text,
            String scheme,
            int userStart,
            int userEnd,
            HostPort hostPort,
            int parametersStart,
            int parametersEnd) {
        this.text = text;
        this.scheme = scheme;
        this.userStart = userStart;
        this.userEnd = userEnd;
        this.hostPort = hostPort;
        this.parametersStart = parametersStart;
        this.parametersEnd = parametersEnd;
    }

    /** Reads a URI; a {@code sip} one must have a host, and a port only in 0 to 65535. */
    public static SipUri parse(String text) throws SipParseException {
        return read(Slice.of(text));
    }

    /** Reads what there is to read: a text that is no URI gives one with an empty scheme and host. */
    public static SipUri lenient(String text) {
        return lenient(Slice.of(text).trim());
    }

    static SipUri lenient(Slice text) {
        try {
            return read(text);
        } catch (SipParseException e) {
            return opaque(text, "", text.start());
        }
    }

    private static SipUri opaque(Slice text, String scheme, int at) {
        return new SipUri(text, scheme, at, at, new HostPort(at, at, NO_PORT), text.end(), text.end());
    }

    /** A {@code sip} URI from its parts; what the user part can't hold is escaped. An empty user means none. */
    public static SipUri sip(String user, String host) {
        return new SipUriBuilder("sip").user(user).host(host).build();
    }

    /** A {@code sips} URI from its parts. */
    public static SipUri sips(String user, String host) {
        return new SipUriBuilder("sips").user(user).host(host).build();
    }

    /** A copy with another user part, escaped where it must be; an empty one means none. */
    public SipUri withUser(String user) {
        return new SipUriBuilder(this).user(user).build();
    }

    /** A copy with another host: a name, an IPv4 or an IPv6 address. */
    public SipUri withHost(String host) {
        return new SipUriBuilder(this).host(host).build();
    }

    /** A copy with another port, -1 for none. */
    public SipUri withPort(int port) {
        return new SipUriBuilder(this).port(port).build();
    }

    /** A copy with a URI parameter, in place of one that has this name; an empty value writes the name alone. */
    public SipUri withParameter(String name, String value) {
        return new SipUriBuilder(this).parameter(name, value).build();
    }

    /** A copy without a URI parameter. */
    public SipUri withoutParameter(String name) {
        return new SipUriBuilder(this).withoutParameter(name).build();
    }

    static SipUri read(Slice text) throws SipParseException {
        byte[] bytes = text.bytes();
        int colon = Octets.find(bytes, text.start(), text.end(), ':');
        if (colon < 0 || !Tokens.isToken(bytes, text.start(), colon)) {
            throw new SipParseException(400, "URI without a scheme");
        }
        for (int i = text.start(); i < text.end(); i++) {
            byte c = bytes[i];
            if (c >= 0 && c <= ' ' || c == '<' || c == '>') {
                throw new SipParseException(400, "bad character in URI at " + (i - text.start()));
            }
        }
        String scheme = scheme(bytes, text.start(), colon);
        return switch (scheme) {
            case "sip", "sips" -> sip(text, scheme, colon + 1);
            case "tel" -> tel(text, colon + 1);
            default -> opaque(text, scheme, colon + 1);
        };
    }

    private static String scheme(byte[] bytes, int start, int end) {
        for (String known : new String[] {"sip", "sips", "tel"}) {
            if (Octets.equalsIgnoreCase(bytes, start, end, known)) {
                return known;
            }
        }
        return Octets.text(bytes, start, end).toLowerCase(Locale.ROOT);
    }

    private static SipUri sip(Slice text, String scheme, int start) throws SipParseException {
        byte[] bytes = text.bytes();
        int at = Octets.findLast(bytes, start, text.end(), '@');
        int hostStart = at < 0 ? start : at + 1;
        int question = Octets.find(bytes, hostStart, text.end(), '?');
        int end = question < 0 ? text.end() : question;
        int semicolon = Octets.find(bytes, hostStart, end, ';');
        int hostEnd = semicolon < 0 ? end : semicolon;
        HostPort hostPort = HostPort.read(bytes, hostStart, hostEnd);
        return new SipUri(text, scheme, start, Math.max(at, start), hostPort, Math.min(hostEnd + 1, end), end);
    }

    private static SipUri tel(Slice text, int start) {
        int semicolon = Octets.find(text.bytes(), start, text.end(), ';');
        int end = semicolon < 0 ? text.end() : semicolon;
        return new SipUri(
                text,
                "tel",
                start,
                end,
                new HostPort(start, start, NO_PORT),
                Math.min(end + 1, text.end()),
                text.end());
    }

    /** The scheme in lower case; empty when the text is no URI. */
    public String scheme() {
        return scheme;
    }

    /**
     * The user part without a password, its escapes decoded once; the number of a {@code tel} URI as it is written. Empty
     * when absent.
     */
    public String user() {
        int colon = scheme.equals("tel") ? -1 : Octets.find(text.bytes(), userStart, userEnd, ':');
        return Escapes.decoded(text.bytes(), userStart, colon < 0 ? userEnd : colon);
    }

    /** User and password as they are written; empty when absent. */
    public String userInfo() {
        return Octets.text(text.bytes(), userStart, userEnd);
    }

    /** The host as written, without the brackets of an IPv6 address; empty for other schemes. */
    public String host() {
        return Octets.text(text.bytes(), hostPort.hostStart(), hostPort.hostEnd());
    }

    /** The port, or -1 when absent. */
    public int port() {
        return hostPort.port();
    }

    /** The value of a URI parameter, empty text for one without a value; names compare without case. */
    public Optional<String> parameter(String name) {
        return parameterList().value(name);
    }

    /** All URI parameters in order, escapes decoded. */
    public Map<String, String> parameters() {
        return parameterList().toMap();
    }

    private Parameters parameterList() {
        return new Parameters(text.bytes(), parametersStart, parametersEnd, true);
    }

    /** The transport parameter in lower case. */
    public Optional<String> transport() {
        return parameter("transport").map(value -> value.toLowerCase(Locale.ROOT));
    }

    /** Whether the URI is that of a loose router (RFC 3261 section 16.12). */
    public boolean looseRouter() {
        return parameterList().has("lr");
    }

    /** The address to send to in place of the host. */
    public Optional<String> maddr() {
        return parameter("maddr");
    }

    /** The method of a request that is made from the URI. */
    public Optional<String> method() {
        return parameter("method");
    }

    /** The hops of a multicast request; empty when absent or no number in 0 to 255. */
    public OptionalInt ttl() {
        long hops = Tokens.number(parameter("ttl").orElse(""), 255);
        return hops < 0 ? OptionalInt.empty() : OptionalInt.of((int) hops);
    }

    /** The headers part in order, escapes decoded: it never becomes part of a request by itself. */
    public Map<String, String> headers() {
        return UriHeaders.of(text.bytes(), Math.min(headersStart(), text.end()), text.end());
    }

    private int headersStart() {
        return scheme.equals("sip") || scheme.equals("sips") ? parametersEnd + 1 : text.end();
    }

    /**
     * Whether both name the same resource by RFC 3261 section 19.1.4, {@code tel} URIs by RFC 3966 section 4; others when
     * their texts are the same. This is no equality: parameters that only one of them has may be ignored.
     */
    public boolean matches(SipUri other) {
        return UriComparison.same(this, other);
    }

    Slice text() {
        return text;
    }

    int userStart() {
        return userStart;
    }

    int userEnd() {
        return userEnd;
    }

    /** The URI as it was written. */
    @Override
    public String toString() {
        if (written == null) {
            written = text.text();
        }
        return written;
    }

    /** Whether both are written in the same way; {@link #matches} compares what they mean. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SipUri uri && uri.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
