package io.siprec.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;

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
        return read(bytes, bounds);
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

    static SipMessage read(byte[] bytes, Bounds bounds) throws SipParseException {
        HeadReader head = new HeadReader(bytes, bounds);
        head.read();
        StartLine line = StartLine.parse(new String(bytes, head.start(), head.lineEnd() - head.start(), UTF_8));
        if (line.response()) {
            if (head.fault() != null) {
                throw head.fault();
            }
            int end = BodyLength.bodyEnd(head);
            SipResponse response =
                    new SipResponse(bytes, head.index(), head.bodyStart(), end, line.status(), line.text());
            MandatoryHeaders.check(response);
            return response;
        }
        return request(bytes, head, line);
    }

    private static SipRequest request(byte[] bytes, HeadReader head, StartLine line) throws SipParseException {
        SipRequest partial =
                new SipRequest(bytes, head.index(), head.bodyStart(), head.bodyStart(), line.method(), line.text());
        try {
            line.checkRequest();
            if (head.fault() != null) {
                throw head.fault();
            }
            int end = BodyLength.bodyEnd(head);
            SipRequest request = new SipRequest(bytes, head.index(), head.bodyStart(), end, line.method(), line.text());
            MandatoryHeaders.check(request);
            if (!request.method().equals(request.cseq().method())) {
                throw new SipParseException(400, "CSeq method differs from the request's");
            }
            return request;
        } catch (SipParseException e) {
            partial.readTopViaLeniently();
            throw e.with(partial);
        }
    }
}
