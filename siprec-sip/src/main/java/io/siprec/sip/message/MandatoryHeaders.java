package io.siprec.sip.message;

/** The headers that every message must have (RFC 3261 section 8.1.1), without those that old senders leave out. */
final class MandatoryHeaders {
    private static final String[] SINGLE = {"From", "To", "Call-ID", "CSeq"};

    private MandatoryHeaders() {}

    static void check(SipMessage message) throws SipParseException {
        HeaderIndex index = message.index();
        if (index.find("Via", 0) < 0) {
            throw new SipParseException(400, "Missing Via header");
        }
        for (String name : SINGLE) {
            int first = index.find(name, 0);
            if (first < 0) {
                throw new SipParseException(400, "Missing " + name + " header");
            }
            if (index.find(name, first + 1) >= 0) {
                throw new SipParseException(400, "Repeated " + name + " header");
            }
        }
        checkTypes(message);
    }

    private static void checkTypes(SipMessage message) throws SipParseException {
        if (message.header("Call-ID").orElse("").isEmpty()) {
            throw new SipParseException(400, "Empty Call-ID header");
        }
        try {
            message.topVia();
            message.from();
            message.to();
            message.cseq();
        } catch (IllegalStateException e) {
            throw new SipParseException(400, e.getMessage());
        }
    }
}
