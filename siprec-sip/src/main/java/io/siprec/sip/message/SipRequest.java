package io.siprec.sip.message;

import java.util.List;
import java.util.Objects;

/** A request (RFC 3261 section 7.1). */
public final class SipRequest extends SipMessage {
    private final String method;
    private final String requestUri;

    SipRequest(byte[] bytes, HeaderIndex index, int bodyStart, int bodyEnd, String method, String requestUri) {
        super(bytes, index, bodyStart, bodyEnd);
        this.method = method;
        this.requestUri = requestUri;
    }

    /** The method; methods compare with case. */
    public String method() {
        return method;
    }

    /** The Request-URI as written. */
    public String requestUri() {
        return requestUri;
    }

    /** Whether the request stands outside of any dialog: its To has no tag. */
    public boolean initial() {
        return to().tag().isEmpty();
    }

    /** A new request; Content-Length is written by the builder. */
    public static Builder builder(String method, String requestUri) {
        return new Builder(method, requestUri);
    }

    /** Collects the headers of a request in the order in which they shall stand. */
    public static final class Builder {
        private final MessageWriter writer;

        private Builder(String method, String requestUri) {
            if (!Tokens.isToken(method)) {
                throw new IllegalArgumentException("method is no token");
            }
            Header checked = new Header("Request-URI", requestUri);
            writer = new MessageWriter().line(method + " " + checked.value() + " SIP/2.0");
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

        /** The request. Throws {@link IllegalStateException} when a mandatory header is missing or wrong. */
        public SipRequest build() {
            return (SipRequest) writer.build();
        }
    }
}
