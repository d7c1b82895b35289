package io.siprec.sip.message;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/** A response (RFC 3261 section 7.2). */
public final class SipResponse extends SipMessage {
    private final int status;
    private final String reason;

    SipResponse(byte[] bytes, HeaderIndex index, int bodyStart, int bodyEnd, int status, String reason) {
        super(bytes, index, bodyStart, bodyEnd);
        this.status = status;
        this.reason = reason;
    }

    /** The status code, 100 to 699. */
    public int status() {
        return status;
    }

    /** The reason phrase; empty when there is none. */
    public String reason() {
        return reason;
    }

    /** Whether this is no final response. */
    public boolean provisional() {
        return status < 200;
    }

    /** Whether the request was accepted. */
    public boolean success() {
        return status >= 200 && status < 300;
    }

    /** A new response; Content-Length is written by the builder. */
    public static Builder builder(int status, String reason) {
        return new Builder(status, reason);
    }

    /**
     * A response to a request: Via, From, To, Call-ID and CSeq are copied from it, the top Via says where it came from, and
     * To gets a tag where it has none (RFC 3261 sections 8.2.6.2 and 18.2.1, RFC 3581 section 4). What the request lacks is
     * left out.
     *
     * @param toTag empty for none, as in 100
     */
    public static Builder answer(
            SipRequest request, InetSocketAddress source, int status, String reason, String toTag) {
        Builder builder = builder(status, reason);
        HeaderIndex index = request.index();
        int top = index.find("Via", 0);
        if (top >= 0) {
            builder.header("Via", ViaSource.annotate(index.value(top), source));
            for (int via = index.find("Via", top + 1); via >= 0; via = index.find("Via", via + 1)) {
                builder.writer.copy("Via", index.rawValue(via), "");
            }
        }
        builder.copy(request, "From", "");
        builder.copy(request, "To", addedTag(request, toTag));
        builder.copy(request, "Call-ID", "");
        builder.copy(request, "CSeq", "");
        return builder;
    }

    private static String addedTag(SipRequest request, String tag) {
        boolean has = request.header("To")
                .map(NameAddress::lenient)
                .flatMap(NameAddress::tag)
                .isPresent();
        return tag.isEmpty() || has ? "" : ";tag=" + tag;
    }

    /** Collects the headers of a response in the order in which they shall stand. */
    public static final class Builder {
        private final MessageWriter writer;

        private Builder(int status, String reason) {
            if (status < 100 || status > 699) {
                throw new IllegalArgumentException("status must be 100 to 699, was " + status);
            }
            Header checked = new Header("Reason-Phrase", reason);
            writer = new MessageWriter().line("SIP/2.0 " + status + " " + checked.value());
        }

        private void copy(SipRequest request, String name, String addition) {
            int header = request.index().find(name, 0);
            if (header >= 0) {
                writer.copy(name, request.index().rawValue(header), addition);
            }
        }

        /** Adds a header line. */
        public Builder header(String name, String value) {
            writer.header(new Header(name, value));
            return this;
        }

        /** Adds header lines. */
        public Builder headers(List<Header> headers) {
            headers.forEach(writer::header);
            return this;
        }

        /** Sets the body and its Content-Type. */
        public Builder body(SipBody body) {
            writer.body(Objects.requireNonNull(body, "body"));
            return this;
        }

        /** The response as it goes out, not looked at again. */
        public byte[] toBytes() {
            return writer.bytes();
        }

        /** The response. Throws {@link IllegalStateException} when a mandatory header is missing or wrong. */
        public SipResponse build() {
            return (SipResponse) writer.build();
        }
    }
}
