package io.siprec.sip.message;

/**
 * The headers that every message must have (RFC 3261 section 8.1.1), without those that old senders leave out: Max-Forwards
 * and the tag of From.
 */
final class MandatoryHeaders {
    private static final KnownHeader[] SINGLE = {KnownHeader.FROM, KnownHeader.TO, KnownHeader.CALL_ID, KnownHeader.CSEQ
    };

    private MandatoryHeaders() {}

    static void check(SipMessage message) throws SipParseException {
        HeaderIndex index = message.index();
        if (!index.has(KnownHeader.VIA)) {
            throw new SipParseException(400, "Missing Via header");
        }
        for (KnownHeader name : SINGLE) {
            if (!index.has(name)) {
                throw new SipParseException(400, "Missing " + name.label() + " header");
            }
            if (index.isRepeated(name)) {
                throw new SipParseException(400, "Repeated " + name.label() + " header");
            }
        }
        if (message.callId().isEmpty()) {
            throw new SipParseException(400, "Empty Call-ID header");
        }
        message.readMandatory();
    }
}
