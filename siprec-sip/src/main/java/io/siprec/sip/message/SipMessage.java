package io.siprec.sip.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A message (RFC 3261 section 7): its bytes and an index of its headers. It does not change; typed headers are read when
 * asked for. A message from {@link SipParser} has readable From, To, Call-ID, CSeq and top Via; on the remains of a faulty
 * one their accessors throw {@link IllegalStateException}.
 */
public abstract sealed class SipMessage implements TypedHeaders permits SipRequest, SipResponse {
    private final byte[] bytes;
    private final HeaderIndex index;
    private final int bodyStart;
    private final int bodyEnd;

    private String callId;
    private NameAddress from;
    private NameAddress to;
    private CSeq cseq;
    private Via topVia;

    SipMessage(HeaderIndex index, int bodyStart, int bodyEnd) {
        this.bytes = index.bytes();
        this.index = index;
        this.bodyStart = bodyStart;
        this.bodyEnd = bodyEnd;
    }

    HeaderIndex index() {
        return index;
    }

    /** The first value of a header line, unfolded and trimmed. Names compare without case; compact forms count. */
    @Override
    public Optional<String> header(String name) {
        int header = index.find(name, 0);
        return header < 0 ? Optional.empty() : Optional.of(index.value(header));
    }

    /** The value of every line of a header in order, not split at commas. */
    public List<String> headers(String name) {
        List<String> values = new ArrayList<>(2);
        for (int i = index.find(name, 0); i >= 0; i = index.find(name, i + 1)) {
            values.add(index.value(i));
        }
        return values;
    }

    /** Every header line in order, names as they are written. */
    public List<Header> headers() {
        List<Header> all = new ArrayList<>(index.count());
        for (int i = 0; i < index.count(); i++) {
            all.add(new Header(index.name(i), index.value(i)));
        }
        return all;
    }

    /**
     * The elements of a list header: comma-separated values and repeated lines alike (RFC 3261 section 7.3.1). The lines of
     * a header whose grammar has no list, as Date or Authorization, are not split.
     */
    @Override
    public List<String> values(String name) {
        KnownHeader known = KnownHeader.of(name);
        if (known != null && !known.list()) {
            return headers(name);
        }
        List<String> values = new ArrayList<>(4);
        for (int i = index.find(name, 0); i >= 0; i = index.find(name, i + 1)) {
            for (Slice element : Octets.elements(index.slice(i))) {
                values.add(element.text());
            }
        }
        return values;
    }

    /** The elements of a list of addresses, with their octets as they came. */
    @Override
    public List<NameAddress> addresses(String name) {
        List<NameAddress> addresses = new ArrayList<>(2);
        for (int i = index.find(name, 0); i >= 0; i = index.find(name, i + 1)) {
            for (Slice element : Octets.elements(index.slice(i))) {
                addresses.add(NameAddress.lenient(element));
            }
        }
        return addresses;
    }

    /** The Call-ID (RFC 3261 section 20.8). */
    public String callId() {
        if (callId == null) {
            callId = header("Call-ID").orElseThrow(() -> unreadable("Call-ID"));
        }
        return callId;
    }

    /** The From header (RFC 3261 section 20.20). */
    public NameAddress from() {
        return reading(this::readFrom, KnownHeader.FROM);
    }

    private NameAddress readFrom() throws SipParseException {
        if (from == null) {
            from = NameAddress.read(first(KnownHeader.FROM), true);
        }
        return from;
    }

    /** The To header (RFC 3261 section 20.39). */
    public NameAddress to() {
        return reading(this::readTo, KnownHeader.TO);
    }

    private NameAddress readTo() throws SipParseException {
        if (to == null) {
            to = NameAddress.read(first(KnownHeader.TO), true);
        }
        return to;
    }

    /** The CSeq header (RFC 3261 section 20.16). */
    public CSeq cseq() {
        return reading(this::readCSeq, KnownHeader.CSEQ);
    }

    private CSeq readCSeq() throws SipParseException {
        if (cseq == null) {
            cseq = CSeq.read(first(KnownHeader.CSEQ));
        }
        return cseq;
    }

    /** The first Via: the one that names the transaction and where the response goes. */
    public Via topVia() {
        return reading(this::readTopVia, KnownHeader.VIA);
    }

    private Via readTopVia() throws SipParseException {
        if (topVia == null) {
            topVia = Via.read(topViaValue(), true);
        }
        return topVia;
    }

    private Slice topViaValue() throws SipParseException {
        Slice line = first(KnownHeader.VIA);
        int comma = Octets.indexOf(line.bytes(), line.start(), line.end(), ',');
        return new Slice(line.bytes(), line.start(), comma).trim();
    }

    private Slice first(KnownHeader name) throws SipParseException {
        int header = index.find(name, 0);
        if (header < 0) {
            throw new SipParseException(400, "missing");
        }
        return index.slice(header);
    }

    /** Takes a faulty top Via as far as it can be read, so that its sender gets an answer. */
    void readTopViaLeniently() {
        try {
            if (topVia == null) {
                topVia = Via.read(topViaValue(), false);
            }
        } catch (SipParseException e) {
            topVia = null; // nobody to answer
        }
    }

    /** Reads what every message must have. */
    void readMandatory() throws SipParseException {
        KnownHeader reading = KnownHeader.VIA;
        try {
            readTopVia();
            reading = KnownHeader.FROM;
            readFrom();
            reading = KnownHeader.TO;
            readTo();
            reading = KnownHeader.CSEQ;
            readCSeq();
        } catch (SipParseException e) {
            throw new SipParseException(400, "Bad " + reading.label() + " header: " + e.getMessage());
        }
    }

    private interface Reading<T> {
        T read() throws SipParseException;
    }

    private static <T> T reading(Reading<T> header, KnownHeader name) {
        try {
            return header.read();
        } catch (SipParseException e) {
            throw unreadable(name.label());
        }
    }

    private static IllegalStateException unreadable(String name) {
        return new IllegalStateException(name + " header missing or not readable");
    }

    /** All Via values, top first; those that can't be read are left out. */
    public List<Via> vias() {
        return values("Via", Via::parse);
    }

    /** A copy of the body. */
    public byte[] body() {
        return Arrays.copyOfRange(bytes, bodyStart, bodyEnd);
    }

    /** The body in place, read-only. */
    public ByteBuffer bodyBuffer() {
        return ByteBuffer.wrap(bytes, bodyStart, bodyEnd - bodyStart).slice().asReadOnlyBuffer();
    }

    /** The size of the body. */
    public int bodyLength() {
        return bodyEnd - bodyStart;
    }

    /** The size of the whole message. */
    public int length() {
        return bodyEnd;
    }

    /** A copy of the message as it was received or will be sent. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, bodyEnd);
    }

    /** The message as it was received or will be sent, in place, read-only. */
    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes, 0, bodyEnd).asReadOnlyBuffer();
    }

    /** Appends the message as it was received or will be sent; {@link #length()} bytes. */
    public void writeTo(ByteBuffer out) {
        out.put(bytes, 0, bodyEnd);
    }

    Slice bodySlice() {
        return new Slice(bytes, bodyStart, bodyEnd);
    }
}
