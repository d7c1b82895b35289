package io.siprec.sip.message;

import io.siprec.sip.transport.SipLimits;

/**
 * Reads messages (RFC 3261 section 7): one pass over the bytes makes the index, then the headers that every message must
 * have are checked. Lines may end in LF alone; line ends before the start line are skipped.
 */
public final class SipParser {
    private final Bounds bounds;

    /** A parser that refuses what is over the limits. */
    public SipParser(SipLimits limits) {
        bounds = new Bounds(limits.maxMessageBytes(), limits.maxHeaders(), limits.maxHeaderLineBytes());
    }

    record Bounds(int messageBytes, int headers, int lineBytes) {
        static final Bounds NONE = new Bounds(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /**
     * Reads the one message that the bytes hold; what follows the body is ignored (section 18.3). The array belongs to
     * the message from now on.
     *
     * @throws SipParseException with the status to answer with, and the request if there is enough of it for an answer
     */
    public SipMessage parse(byte[] bytes) throws SipParseException {
        HeadReader head = new HeadReader(bytes, bounds);
        head.read();
        StartLine line = StartLine.read(bytes, head.start(), head.lineEnd());
        return line.response() ? response(head, line) : request(head, line);
    }

    /**
     * The body's size that a header section announces, -1 when it does not: what a connection needs to cut its bytes into
     * messages (section 18.3).
     *
     * @throws SipParseException when the Content-Length is no number, or there are two different ones
     */
    public static int contentLength(byte[] head) throws SipParseException {
        HeadReader reader = new HeadReader(head, Bounds.NONE);
        reader.read();
        return BodyLength.declared(reader.index());
    }

    private static SipResponse response(HeadReader head, StartLine line) throws SipParseException {
        if (head.fault() != null) {
            throw head.fault();
        }
        SipResponse response = new SipResponse(head.index(), head.bodyStart(), BodyLength.bodyEnd(head), line);
        MandatoryHeaders.check(response);
        return response;
    }

    private static SipRequest request(HeadReader head, StartLine line) throws SipParseException {
        try {
            SipUri uri = line.requestUri();
            if (head.fault() != null) {
                throw head.fault();
            }
            return checked(new SipRequest(head.index(), head.bodyStart(), BodyLength.bodyEnd(head), line, uri));
        } catch (SipParseException e) {
            SipUri uri = SipUri.lenient(line.text());
            SipRequest partial = new SipRequest(head.index(), head.bodyStart(), head.bodyStart(), line, uri);
            partial.readTopViaLeniently();
            throw e.with(partial);
        }
    }

    static SipRequest checked(SipRequest request) throws SipParseException {
        MandatoryHeaders.check(request);
        if (!request.method().equals(request.cseq().method())) {
            throw new SipParseException(400, "CSeq method differs from the request's");
        }
        return request;
    }
}
