package io.siprec.sip.internal.transport;

/** The bytes of a connection can't be cut into messages any more. */
final class FramingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient byte[] head;

    FramingException(int status, String message, byte[] head) {
        super(message, null, false, false);
        this.status = status;
        this.head = head;
    }

    int status() {
        return status;
    }

    /** What there is of the message, perhaps enough to answer it. */
    byte[] head() {
        return head;
    }
}
