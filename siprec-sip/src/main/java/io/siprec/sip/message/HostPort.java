package io.siprec.sip.message;

/** A host and its port, -1 when absent (RFC 3261 section 25.1, hostport). */
record HostPort(String host, int port) {
    static HostPort parse(String written) throws SipParseException {
        String text = written.trim();
        int portAt;
        String host;
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            if (close < 0) {
                throw new SipParseException(400, "IPv6 reference without its end");
            }
            host = text.substring(1, close);
            portAt = close + 1;
        } else {
            int colon = text.indexOf(':');
            portAt = colon < 0 ? text.length() : colon;
            host = text.substring(0, portAt).trim();
        }
        if (host.isEmpty() || host.indexOf(' ') >= 0 || host.indexOf('\t') >= 0) {
            throw new SipParseException(400, "Bad host");
        }
        return new HostPort(host, port(text.substring(portAt).trim()));
    }

    private static int port(String text) throws SipParseException {
        if (text.isEmpty()) {
            return -1;
        }
        long port = text.charAt(0) == ':' ? Tokens.number(text.substring(1).trim(), 65_535) : -1;
        if (port < 0) {
            throw new SipParseException(400, "Bad port");
        }
        return (int) port;
    }
}
