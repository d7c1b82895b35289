package io.siprec.sip.message;

/** The CSeq header (RFC 3261 section 20.16): a number below 2^32 by tolerance, below 2^31 by the book. */
public record CSeq(long number, String method) {
    private static final long MAX = 0xFFFF_FFFFL;

    static CSeq parse(String text) throws SipParseException {
        int end = 0;
        while (end < text.length() && !Tokens.isBlank(text.charAt(end))) {
            end++;
        }
        long number = Tokens.number(text.substring(0, end), MAX);
        String method = text.substring(end).trim();
        if (number < 0 || !Tokens.isToken(method)) {
            throw new SipParseException(400, "Bad CSeq header");
        }
        return new CSeq(number, method);
    }

    @Override
    public String toString() {
        return number + " " + method;
    }
}
