package io.siprec.sip.message;

import java.util.Locale;

/**
 * The first line of a message (RFC 3261 sections 7.1 and 7.2).
 *
 * @param text the Request-URI or the reason phrase
 * @param status of a response, 0 for a request
 */
record StartLine(String method, String text, String version, int status) {
    private static final String VERSION = "SIP/2.0";

    static StartLine parse(String line) throws SipParseException {
        return line.startsWith("SIP/") ? response(line) : request(line.stripTrailing());
    }

    private static StartLine response(String line) throws SipParseException {
        int blank = line.indexOf(' ');
        if (blank < 0 || !line.substring(0, blank).equalsIgnoreCase(VERSION)) {
            throw new SipParseException(400, "Bad status line");
        }
        int second = line.indexOf(' ', blank + 1);
        String code = second < 0 ? line.substring(blank + 1) : line.substring(blank + 1, second);
        long status = code.length() == 3 ? Tokens.number(code, 699) : -1;
        if (status < 100) {
            throw new SipParseException(400, "Bad status code");
        }
        return new StartLine("", second < 0 ? "" : line.substring(second + 1), VERSION, (int) status);
    }

    private static StartLine request(String line) throws SipParseException {
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first <= 0 || last == first || !Tokens.isToken(line.substring(0, first))) {
            throw new SipParseException(400, "Bad request line");
        }
        String version = line.substring(last + 1).toUpperCase(Locale.ROOT);
        if (!version.startsWith("SIP/")) {
            throw new SipParseException(400, "Bad request line");
        }
        return new StartLine(
                line.substring(0, first), line.substring(first + 1, last).trim(), version, 0);
    }

    boolean response() {
        return status > 0;
    }

    void checkRequest() throws SipParseException {
        if (!version.equals(VERSION)) {
            throw new SipParseException(505, "Version Not Supported");
        }
        SipUri.parse(text);
    }
}
