package io.siprec.sip.message;

import java.util.Locale;
import java.util.Optional;

/**
 * One value of the Via header (RFC 3261 section 20.42, RFC 3581).
 *
 * @param transport in upper case, as {@code UDP}
 * @param host of the sent-by, without the brackets of an IPv6 address
 * @param port of the sent-by, -1 when absent
 * @param branch the transaction's id, if there is one
 * @param received the address that a server saw, if it wrote one
 * @param rport the port that a server saw; empty text when the client asks for it
 */
public record Via(
        String transport,
        String host,
        int port,
        Optional<String> branch,
        Optional<String> received,
        Optional<String> rport) {

    /** What each branch made by the rules of RFC 3261 starts with. */
    public static final String MAGIC_COOKIE = "z9hG4bK";

    static Via parse(String text) throws SipParseException {
        return parse(text, true);
    }

    /** Reads a Via whose parameters need not be by the grammar: enough to answer a faulty request. */
    static Via lenient(String text) throws SipParseException {
        return parse(text, false);
    }

    private static Via parse(String text, boolean strict) throws SipParseException {
        int semicolon = TextScanner.indexOf(text, ';', 0);
        String head = semicolon < 0 ? text : text.substring(0, semicolon);
        int first = head.indexOf('/');
        int second = head.indexOf('/', first + 1);
        if (first < 0 || second < 0) {
            throw new SipParseException(400, "Bad Via header");
        }
        String protocol = head.substring(second + 1).trim();
        int blank = blankIn(protocol);
        if (blank < 0 || !head.substring(0, first).trim().equalsIgnoreCase("SIP")) {
            throw new SipParseException(400, "Bad Via header");
        }
        HostPort sentBy = HostPort.parse(protocol.substring(blank));
        Parameters parameters =
                semicolon < 0 ? Parameters.NONE : Parameters.parse(text.substring(semicolon + 1), strict);
        return new Via(
                protocol.substring(0, blank).toUpperCase(Locale.ROOT),
                sentBy.host(),
                sentBy.port(),
                parameters.value("branch").filter(value -> !value.isEmpty()),
                parameters.value("received"),
                parameters.value("rport"));
    }

    private static int blankIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Tokens.isBlank(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Host and port as they name the sender in a transaction's key: host in lower case, port only if written. */
    public String sentBy() {
        String lower = host.toLowerCase(Locale.ROOT);
        return port < 0 ? lower : lower + ":" + port;
    }

    /** Whether the branch was made by the rules of RFC 3261 and so names the transaction alone (section 17.2.3). */
    public boolean hasUniqueBranch() {
        return branch.isPresent()
                && branch.get().length() > MAGIC_COOKIE.length()
                && branch.get().regionMatches(true, 0, MAGIC_COOKIE, 0, MAGIC_COOKIE.length());
    }
}
