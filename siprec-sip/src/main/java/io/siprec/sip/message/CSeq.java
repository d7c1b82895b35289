package io.siprec.sip.message;

/** The CSeq header (RFC 3261 section 20.16): a number below 2^32 by tolerance, below 2^31 by the book. */
public record CSeq(long number, String method) implements HeaderValue {
    private static final long MAX = 0xFFFF_FFFFL;

    /** The number is in 0 to 2^32 - 1, the method a token. */
    public CSeq {
        if (number < 0 || number > MAX) {
            throw new IllegalArgumentException("CSeq number must be 0 to 2^32 - 1, was " + number);
        }
        if (!Tokens.isToken(method)) {
            throw new IllegalArgumentException("method is no token");
        }
    }

    /** Reads a value. */
    public static CSeq parse(String text) throws SipParseException {
        return read(Slice.of(text).trim());
    }

    static CSeq read(Slice value) throws SipParseException {
        byte[] bytes = value.bytes();
        int numberEnd = Octets.wordEnd(bytes, value.start(), value.end());
        int methodStart = Octets.skipBlanks(bytes, numberEnd, value.end());
        long number = Octets.number(bytes, value.start(), numberEnd, MAX);
        if (number < 0) {
            throw new SipParseException(400, "no number below 2^32");
        }
        if (!Tokens.isToken(bytes, methodStart, value.end())) {
            throw new SipParseException(400, "no method");
        }
        return new CSeq(number, MethodNames.of(bytes, methodStart, value.end()));
    }

    @Override
    public String toString() {
        return number + " " + method;
    }
}
