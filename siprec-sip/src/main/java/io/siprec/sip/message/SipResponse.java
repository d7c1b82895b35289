package io.siprec.sip.message;

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

        /** The response. Throws {@link IllegalStateException} when a mandatory header is missing or wrong. */
        public SipResponse build() {
            return (SipResponse) writer.build();
        }
    }
}
