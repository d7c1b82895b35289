package io.siprec.sip.message;

/**
 * The RAck header (RFC 3262 section 7.2): which reliable provisional response a PRACK is about.
 *
 * @param rseq the response's RSeq
 * @param cseq the response's CSeq
 */
public record RAck(long rseq, CSeq cseq) implements HeaderValue {
    private static final long MAX = 0xFFFF_FFFFL;

    /** An RSeq is in 0 to 2^32 - 1. */
    public RAck {
        if (rseq < 0 || rseq > MAX) {
            throw new IllegalArgumentException("RSeq must be 0 to 2^32 - 1, was " + rseq);
        }
    }

    /** Reads a value. */
    public static RAck parse(String text) throws SipParseException {
        Slice value = Slice.of(text).trim();
        int end = Octets.wordEnd(value.bytes(), value.start(), value.end());
        long rseq = Octets.number(value.bytes(), value.start(), end, MAX);
        if (rseq < 0) {
            throw new SipParseException(400, "Bad RAck header");
        }
        try {
            return new RAck(rseq, CSeq.read(new Slice(value.bytes(), end, value.end()).trim()));
        } catch (SipParseException e) {
            throw new SipParseException(400, "Bad RAck header: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return rseq + " " + cseq;
    }
}
