package io.siprec.sip.message;

/** A request (RFC 3261 section 7.1). */
public final class SipRequest extends SipMessage {
    private final StartLine line;
    private final SipUri uri;

    SipRequest(HeaderIndex index, int bodyStart, int bodyEnd, StartLine line, SipUri uri) {
        super(index, bodyStart, bodyEnd);
        this.line = line;
        this.uri = uri;
    }

    /** The method; methods compare with case. */
    public String method() {
        return line.method();
    }

    /** The Request-URI as written. */
    public String requestUri() {
        return uri.toString();
    }

    /** The Request-URI. */
    public SipUri uri() {
        return uri;
    }

    /** Whether the request stands outside of any dialog: its To has no tag. */
    public boolean initial() {
        return to().tag().isEmpty();
    }

    /** A new request; Content-Length is written by the builder. */
    public static Builder builder(String method, String requestUri) {
        return new Builder(method, requestUri);
    }

    /** A new request; Content-Length is written by the builder. */
    public static Builder builder(String method, SipUri requestUri) {
        return new Builder(method, requestUri.toString());
    }

    /** A builder that starts with all of this request. */
    public Builder toBuilder() {
        Builder builder = new Builder(method(), requestUri());
        builder.writer().copyAll(this);
        return builder;
    }

    /** Collects the headers of a request in the order in which they shall stand. */
    public static final class Builder extends MessageBuilder<Builder> {
        private Builder(String method, String requestUri) {
            super(startLine(method, requestUri));
        }

        private static String startLine(String method, String requestUri) {
            if (!Tokens.isToken(method)) {
                throw new IllegalArgumentException("method is no token");
            }
            return method + " " + new Header("Request-URI", requestUri).value() + " SIP/2.0";
        }

        @Override
        Builder self() {
            return this;
        }

        /** The request. Throws {@link IllegalStateException} when a mandatory header is missing or wrong. */
        public SipRequest build() {
            return writer().request();
        }
    }
}
