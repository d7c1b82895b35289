package io.siprec.sip.message;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One value of the Via header (RFC 3261 section 20.42, RFC 3581). It does not change. */
public final class Via implements HeaderValue {
    /** What each branch made by the rules of RFC 3261 starts with. */
    public static final String MAGIC_COOKIE = "z9hG4bK";

    private static final String[] TRANSPORTS = {"UDP", "TCP", "TLS", "WS", "WSS", "SCTP"};

    private final Slice value;
    private final String transport;
    private final HostPort sentBy;
    private final Parameters parameters;

    private Via(Slice value, String transport, HostPort sentBy, Parameters parameters) {
        this.value = value;
        this.transport = transport;
        this.sentBy = sentBy;
        this.parameters = parameters;
    }

    /** Reads one value. */
    public static Via parse(String text) throws SipParseException {
        return read(Slice.of(text).trim(), true);
    }

    /**
     * A Via to send; a branch and more are added by {@link #withParameter}.
     *
     * @param transport as {@code UDP}
     * @param port -1 for none
     */
    public static Via of(String transport, String host, int port) {
        String reference = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return written("SIP/2.0/" + transport + " " + reference + (port < 0 ? "" : ":" + port));
    }

    private static Via written(String text) {
        try {
            return parse(new Header("Via", text).value());
        } catch (SipParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** A copy with one more parameter; an empty value writes the name alone. */
    public Via withParameter(String name, String parameterValue) {
        return written(this + ";" + name + (parameterValue.isEmpty() ? "" : "=" + parameterValue));
    }

    /**
     * Reads a value.
     *
     * @param strict whether parameters that are not by the grammar are a fault: an answer can go without them
     */
    static Via read(Slice value, boolean strict) throws SipParseException {
        byte[] bytes = value.bytes();
        int headEnd = Octets.indexOf(bytes, value.start(), value.end(), ';');
        int first = Octets.find(bytes, value.start(), headEnd, '/');
        int second = first < 0 ? -1 : Octets.find(bytes, first + 1, headEnd, '/');
        if (second < 0) {
            throw new SipParseException(400, "no protocol");
        }
        int nameEnd = Octets.skipBlanksBack(bytes, value.start(), first);
        int transportStart = Octets.skipBlanks(bytes, second + 1, headEnd);
        int transportEnd = Octets.wordEnd(bytes, transportStart, headEnd);
        if (!Octets.equalsIgnoreCase(bytes, value.start(), nameEnd, "SIP")
                || !Tokens.isToken(bytes, transportStart, transportEnd)) {
            throw new SipParseException(400, "no SIP protocol");
        }
        HostPort sentBy = HostPort.read(bytes, transportEnd, headEnd);
        Parameters parameters = Parameters.after(value, headEnd);
        if (strict && parameters.hasEmpty()) {
            throw new SipParseException(400, "empty parameter");
        }
        return new Via(value, transport(bytes, transportStart, transportEnd), sentBy, parameters);
    }

    private static String transport(byte[] bytes, int start, int end) {
        for (String known : TRANSPORTS) {
            if (Octets.equalsIgnoreCase(bytes, start, end, known)) {
                return known;
            }
        }
        return Octets.text(bytes, start, end).toUpperCase(Locale.ROOT);
    }

    /** The transport in upper case, as {@code UDP}. */
    public String transport() {
        return transport;
    }

    /** The host of the sent-by, without the brackets of an IPv6 address. */
    public String host() {
        return Octets.text(value.bytes(), sentBy.hostStart(), sentBy.hostEnd());
    }

    /** The port of the sent-by, -1 when absent. */
    public int port() {
        return sentBy.port();
    }

    /** The transaction's id, if there is one. */
    public Optional<String> branch() {
        return parameters.value("branch").filter(branch -> !branch.isEmpty());
    }

    /** The address that a server saw, if it wrote one; without brackets, which some write (RFC 5118 section 4.5). */
    public Optional<String> received() {
        return parameters.value("received").map(Via::withoutBrackets);
    }

    private static String withoutBrackets(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }

    /** The port that a server saw; empty text when the client asks for it. */
    public Optional<String> rport() {
        return parameters.value("rport");
    }

    /** The address that responses go to instead, in multicast (RFC 3261 section 18.2.2). */
    public Optional<String> maddr() {
        return parameters.value("maddr");
    }

    /** The hops of a multicast request. */
    public Optional<String> ttl() {
        return parameters.value("ttl");
    }

    /** The value of any parameter, empty text for one without a value; names compare without case. */
    public Optional<String> parameter(String name) {
        return parameters.value(name);
    }

    /** All parameters in order. */
    public Map<String, String> parameters() {
        return parameters.toMap();
    }

    /** Host and port as they name the sender in a transaction's key: host in lower case, port only if written. */
    public String sentBy() {
        String lower = host().toLowerCase(Locale.ROOT);
        return port() < 0 ? lower : lower + ":" + port();
    }

    /** Whether the branch was made by the rules of RFC 3261 and so names the transaction alone (section 17.2.3). */
    public boolean hasUniqueBranch() {
        return branch().filter(branch -> branch.length() > MAGIC_COOKIE.length()
                        && branch.regionMatches(true, 0, MAGIC_COOKIE, 0, MAGIC_COOKIE.length()))
                .isPresent();
    }

    Slice value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Via via && via.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** The value as it was written. */
    @Override
    public String toString() {
        return value.text();
    }
}
