package io.siprec.sip.message;

/**
 * Where a host lies, without the brackets of an IPv6 reference, and its port, -1 when absent (RFC 3261 section 25.1,
 * hostport).
 */
record HostPort(int hostStart, int hostEnd, int port) {

    static HostPort read(byte[] bytes, int from, int to) throws SipParseException {
        int start = Octets.skipBlanks(bytes, from, to);
        int end = Octets.skipBlanksBack(bytes, start, to);
        if (start < end && bytes[start] == '[') {
            return reference(bytes, start + 1, end);
        }
        int colon = Octets.find(bytes, start, end, ':');
        int portAt = colon < 0 ? end : colon;
        int hostEnd = Octets.skipBlanksBack(bytes, start, portAt);
        for (int i = start; i < hostEnd; i++) {
            if (!hostChar(bytes[i])) {
                throw new SipParseException(400, "bad character in host");
            }
        }
        if (start == hostEnd) {
            throw new SipParseException(400, "no host");
        }
        return new HostPort(start, hostEnd, port(bytes, portAt, end));
    }

    private static HostPort reference(byte[] bytes, int start, int end) throws SipParseException {
        int close = Octets.find(bytes, start, end, ']');
        if (close < 0) {
            throw new SipParseException(400, "IPv6 reference without its end");
        }
        int zone = Octets.find(bytes, start, close, '%');
        int hostEnd = zone < 0 ? close : zone; // a zone means something to its sender only
        for (int i = start; i < hostEnd; i++) {
            if (Character.digit(bytes[i], 16) < 0 && bytes[i] != ':' && bytes[i] != '.') {
                throw new SipParseException(400, "bad IPv6 reference");
            }
        }
        if (Octets.find(bytes, start, hostEnd, ':') < 0) {
            throw new SipParseException(400, "bad IPv6 reference");
        }
        return new HostPort(start, hostEnd, port(bytes, close + 1, end));
    }

    /** More than the grammar has: names with underscores and other marks are in use. */
    private static boolean hostChar(int c) {
        return (c > ' ' || c < 0) && "\"<>[]\\,@".indexOf(c) < 0;
    }

    private static int port(byte[] bytes, int from, int end) throws SipParseException {
        int at = Octets.skipBlanks(bytes, from, end);
        if (at == end) {
            return -1;
        }
        int digits = Octets.skipBlanks(bytes, at + 1, end);
        long port = bytes[at] == ':' ? Octets.number(bytes, digits, end, 65_535) : -1;
        if (port < 0) {
            throw new SipParseException(400, "bad port");
        }
        return (int) port;
    }
}
