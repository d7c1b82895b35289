package io.siprec.sip.message;

/**
 * The first line of a message (RFC 3261 sections 7.1 and 7.2).
 *
 * @param method of a request, empty for a response
 * @param text where the Request-URI or the reason phrase lies
 * @param status of a response, 0 for a request
 */
record StartLine(String method, Slice text, boolean version2, int status) {
    private static final String VERSION = "SIP/2.0";
    private static final String PROTOCOL = "SIP/";

    static StartLine read(byte[] bytes, int start, int end) throws SipParseException {
        boolean response = end - start > PROTOCOL.length()
                && Octets.equalsIgnoreCase(bytes, start, start + PROTOCOL.length(), PROTOCOL);
        return response ? response(bytes, start, end) : request(bytes, start, end);
    }

    private static StartLine response(byte[] bytes, int start, int end) throws SipParseException {
        int blank = Octets.find(bytes, start, end, ' ');
        if (blank < 0
                || !Octets.equalsIgnoreCase(bytes, start, blank, VERSION)
                || Octets.find(bytes, blank, end, '\r') >= 0) {
            throw new SipParseException(400, "Bad status line");
        }
        int second = Octets.find(bytes, blank + 1, end, ' ');
        int codeEnd = second < 0 ? end : second;
        long status = codeEnd - blank == 4 ? Octets.number(bytes, blank + 1, codeEnd, 699) : -1;
        if (status < 100) {
            throw new SipParseException(400, "Bad status code");
        }
        Slice reason = new Slice(bytes, Math.min(codeEnd + 1, end), end);
        return new StartLine("", reason, true, (int) status);
    }

    private static StartLine request(byte[] bytes, int start, int written) throws SipParseException {
        int end = Octets.skipBlanksBack(bytes, start, written);
        int first = Octets.find(bytes, start, end, ' ');
        int last = Octets.findLast(bytes, start, end, ' ');
        if (last <= first || !Tokens.isToken(bytes, start, first)) {
            throw new SipParseException(400, "Bad request line");
        }
        int versionEnd = last + 1 + PROTOCOL.length();
        if (versionEnd > end || !Octets.equalsIgnoreCase(bytes, last + 1, versionEnd, PROTOCOL)) {
            throw new SipParseException(400, "Bad request line");
        }
        boolean version2 = Octets.equalsIgnoreCase(bytes, last + 1, end, VERSION);
        Slice uri = new Slice(bytes, first + 1, last).trim();
        return new StartLine(MethodNames.of(bytes, start, first), uri, version2, 0);
    }

    boolean response() {
        return status > 0;
    }

    SipUri requestUri() throws SipParseException {
        if (!version2) {
            throw new SipParseException(505, "Version Not Supported");
        }
        try {
            return SipUri.read(text);
        } catch (SipParseException e) {
            throw new SipParseException(400, "Bad Request-URI: " + e.getMessage());
        }
    }
}
