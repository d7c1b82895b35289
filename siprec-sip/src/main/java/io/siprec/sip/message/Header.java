package io.siprec.sip.message;

/** A header field of an outgoing message (RFC 3261 section 7.3.1). */
public record Header(String name, String value) {
    /** A name is a token; a value holds no line end, so that nothing can be smuggled in with it. */
    public Header {
        checkedName(name);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n') {
                throw new IllegalArgumentException("line end in the value of header " + name);
            }
        }
    }

    /** A header with a typed value. */
    public Header(String name, HeaderValue value) {
        this(name, value.toString());
    }

    static String checkedName(String name) {
        if (!Tokens.isToken(name)) {
            throw new IllegalArgumentException("header name is no token");
        }
        return name;
    }
}
