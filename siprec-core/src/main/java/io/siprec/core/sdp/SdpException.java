package io.siprec.core.sdp;

/** A session description that cannot be used; the message is fit for a reason phrase. */
public final class SdpException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * With a message that holds none of the peer's text.
     *
     * @param status 400 where the syntax is broken, 488 where it is understood but cannot be accepted
     */
    public SdpException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The SIP status to answer with. */
    public int status() {
        return status;
    }
}
