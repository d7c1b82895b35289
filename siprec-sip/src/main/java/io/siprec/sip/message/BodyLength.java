package io.siprec.sip.message;

/** Content-Length (RFC 3261 sections 18.3 and 20.14). */
final class BodyLength {
    private BodyLength() {}

    /** Where the body ends: at its Content-Length, or with the datagram when there is none. */
    static int bodyEnd(HeadReader head) throws SipParseException {
        int length = declared(head.index());
        if (length > head.available()) {
            throw new SipParseException(400, "Content-Length over the " + head.available() + " bytes of the body");
        }
        return head.bodyStart() + (length < 0 ? head.available() : length);
    }

    /** The value, -1 when the header is missing. */
    static int declared(HeaderIndex index) throws SipParseException {
        int length = -1;
        int at = index.find(KnownHeader.CONTENT_LENGTH, 0);
        while (at >= 0) {
            Slice text = index.slice(at);
            long value = Octets.number(text.bytes(), text.start(), text.end(), Integer.MAX_VALUE);
            if (value < 0) {
                throw new SipParseException(400, "Bad Content-Length header");
            }
            if (length >= 0 && length != value) {
                throw new SipParseException(400, "Contradicting Content-Length headers");
            }
            length = (int) value;
            at = index.find(KnownHeader.CONTENT_LENGTH, at + 1);
        }
        return length;
    }
}
