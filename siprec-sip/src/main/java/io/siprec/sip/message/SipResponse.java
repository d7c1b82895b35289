package io.siprec.sip.message;

import java.net.InetSocketAddress;

/** A response (RFC 3261 section 7.2). */
public final class SipResponse extends SipMessage {
    private final StartLine line;

    SipResponse(HeaderIndex index, int bodyStart, int bodyEnd, StartLine line) {
        super(index, bodyStart, bodyEnd);
        this.line = line;
    }

    /** The status code, 100 to 699. */
    public int status() {
        return line.status();
    }

    /** The reason phrase; empty when there is none. */
    public String reason() {
        return line.text().text();
    }

    /** Whether this is no final response. */
    public boolean provisional() {
        return status() < 200;
    }

    /** Whether the request was accepted. */
    public boolean success() {
        return status() >= 200 && status() < 300;
    }

    /** A new response; Content-Length is written by the builder. */
    public static Builder builder(int status, String reason) {
        return new Builder(status, reason);
    }

    /** A builder that starts with all of this response. */
    public Builder toBuilder() {
        Builder builder = new Builder(status(), reason());
        builder.writer().copyAll(this);
        return builder;
    }

    /**
     * A response to a request: Via, From, To, Call-ID and CSeq are copied from it octet by octet, the top Via says where it
     * came from, and To gets a tag where it has none (RFC 3261 sections 8.2.6.2 and 18.2.1, RFC 3581 section 4). What the
     * request lacks is left out.
     *
     * @param toTag empty for none, as in 100
     */
    public static Builder answer(
            SipRequest request, InetSocketAddress source, int status, String reason, String toTag) {
        Builder builder = builder(status, reason);
        HeaderIndex index = request.index();
        int top = index.find(KnownHeader.VIA, 0);
        if (top >= 0) {
            builder.writer().header("Via", ViaSource.annotate(index.slice(top), source));
            for (int via = index.find(KnownHeader.VIA, top + 1); via >= 0; via = index.find(KnownHeader.VIA, via + 1)) {
                builder.writer().header("Via", index.slice(via));
            }
        }
        builder.copy(request, KnownHeader.FROM, "");
        builder.copy(request, KnownHeader.TO, toTag);
        builder.copy(request, KnownHeader.CALL_ID, "");
        builder.copy(request, KnownHeader.CSEQ, "");
        return builder;
    }

    /** Collects the headers of a response in the order in which they shall stand. */
    public static final class Builder extends MessageBuilder<Builder> {
        private Builder(int status, String reason) {
            super(startLine(status, reason));
        }

        private static String startLine(int status, String reason) {
            if (status < 100 || status > 699) {
                throw new IllegalArgumentException("status must be 100 to 699, was " + status);
            }
            return "SIP/2.0 " + status + " " + new Header("Reason-Phrase", reason).value();
        }

        private void copy(SipRequest request, KnownHeader name, String tag) {
            int header = request.index().find(name, 0);
            if (header < 0) {
                return;
            }
            Slice value = request.index().slice(header);
            boolean addTag = !tag.isEmpty() && NameAddress.lenient(value).tag().isEmpty();
            writer().header(name.label(), addTag ? value.plus(";tag=" + tag) : value);
        }

        @Override
        Builder self() {
            return this;
        }

        /** The response. Throws {@link IllegalStateException} when a mandatory header is missing or wrong. */
        public SipResponse build() {
            return writer().response();
        }
    }
}
