package io.siprec.sip.message;

import java.util.Optional;

/**
 * A message that can't be understood. Holds the status to answer with; the text says sizes, positions and names that we
 * know, never the peer's bytes, so that it may be a reason phrase or a log line.
 */
public final class SipParseException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient SipRequest request;

    /** A fault with the status to answer with. */
    public SipParseException(int status, String message) {
        this(status, message, null);
    }

    private SipParseException(int status, String message, SipRequest request) {
        super(message, null, false, false);
        this.status = status;
        this.request = request;
    }

    /** A fault of a request of which something could be read. */
    public static SipParseException about(int status, String message, Optional<SipRequest> request) {
        return new SipParseException(status, message, request.orElse(null));
    }

    /** The status to answer with: 400, 505 or 513. */
    public int status() {
        return status;
    }

    /** What could be read of a faulty request, enough to answer it; its typed accessors may throw. */
    public Optional<SipRequest> request() {
        return Optional.ofNullable(request);
    }

    SipParseException with(SipRequest partial) {
        return new SipParseException(status, getMessage(), partial);
    }
}
