package io.siprec.sip.message;

import java.util.Objects;

/** The body of an outgoing message; a Content-Disposition is a header of the caller. */
public record SipBody(String contentType, byte[] content) {
    /** Copies the content. An empty body needs no content type. */
    public SipBody {
        Objects.requireNonNull(contentType, "contentType");
        content = content.clone();
    }

    /** No body. */
    public static SipBody none() {
        return new SipBody("", new byte[0]);
    }
}
