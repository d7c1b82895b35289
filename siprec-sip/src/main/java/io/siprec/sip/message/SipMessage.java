package io.siprec.sip.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A message (RFC 3261 section 7): its bytes and an index of its headers. It does not change; typed headers are read when
 * asked for. A message from {@link SipParser} has readable From, To, Call-ID, CSeq and top Via; on the remains of a faulty
 * one their accessors throw {@link IllegalStateException}.
 */
public abstract sealed class SipMessage permits SipRequest, SipResponse {
    private final byte[] bytes;
    private final HeaderIndex index;
    private final int bodyStart;
    private final int bodyEnd;

    private String callId;
    private NameAddress from;
    private NameAddress to;
    private CSeq cseq;
    private Via topVia;

    SipMessage(byte[] bytes, HeaderIndex index, int bodyStart, int bodyEnd) {
        this.bytes = bytes;
        this.index = index;
        this.bodyStart = bodyStart;
        this.bodyEnd = bodyEnd;
    }

    HeaderIndex index() {
        return index;
    }

    /** The first value of a header line, unfolded and trimmed. Names compare without case; compact forms count. */
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

    /** The elements of a list header: comma-separated values and repeated lines alike (RFC 3261 section 7.3.1). */
    public List<String> values(String name) {
        List<String> values = new ArrayList<>(4);
        for (int i = index.find(name, 0); i >= 0; i = index.find(name, i + 1)) {
            TextScanner.splitList(index.value(i), values);
        }
        return values;
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
        if (from == null) {
            from = address("From");
        }
        return from;
    }

    /** The To header (RFC 3261 section 20.39). */
    public NameAddress to() {
        if (to == null) {
            to = address("To");
        }
        return to;
    }

    private NameAddress address(String name) {
        try {
            return NameAddress.parse(header(name).orElseThrow(() -> unreadable(name)));
        } catch (SipParseException e) {
            throw unreadable(name);
        }
    }

    /** The CSeq header (RFC 3261 section 20.16). */
    public CSeq cseq() {
        if (cseq == null) {
            try {
                cseq = CSeq.parse(header("CSeq").orElseThrow(() -> unreadable("CSeq")));
            } catch (SipParseException e) {
                throw unreadable("CSeq");
            }
        }
        return cseq;
    }

    /** The first Via: the one that names the transaction and where the response goes. */
    public Via topVia() {
        if (topVia == null) {
            try {
                topVia = Via.parse(topViaText());
            } catch (SipParseException e) {
                throw unreadable("Via");
            }
        }
        return topVia;
    }

    private String topViaText() {
        String line = header("Via").orElseThrow(() -> unreadable("Via"));
        int comma = TextScanner.indexOf(line, ',', 0);
        return comma < 0 ? line : line.substring(0, comma);
    }

    /** Takes a faulty top Via as far as it can be read, so that its sender gets an answer. */
    void readTopViaLeniently() {
        if (topVia == null && index.find("Via", 0) >= 0) {
            try {
                topVia = Via.lenient(topViaText());
            } catch (SipParseException e) {
                topVia = null; // nobody to answer
            }
        }
    }

    /** All Via values, top first; those that can't be read are left out. */
    public List<Via> vias() {
        List<Via> vias = new ArrayList<>(2);
        for (String value : values("Via")) {
            try {
                vias.add(Via.parse(value));
            } catch (SipParseException e) {
                continue; // somebody else's: only the top one is ours to judge
            }
        }
        return vias;
    }

    private static IllegalStateException unreadable(String name) {
        return new IllegalStateException(name + " header missing or not readable");
    }

    /** The first Contact, however broken it is: {@link NameAddress#text()} has what was sent. */
    public Optional<NameAddress> contact() {
        List<String> contacts = values("Contact");
        return contacts.isEmpty() ? Optional.empty() : Optional.of(NameAddress.lenient(contacts.get(0)));
    }

    /** A copy of the body. */
    public byte[] body() {
        return Arrays.copyOfRange(bytes, bodyStart, bodyEnd);
    }

    /** The size of the body. */
    public int bodyLength() {
        return bodyEnd - bodyStart;
    }

    /** The Content-Type header as written. */
    public Optional<String> contentType() {
        return header("Content-Type");
    }

    /** A copy of the message as it was received or will be sent. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, bodyEnd);
    }
}
