package io.siprec.sip.transport;

/** Key material can't be used. The message is one line: which file, what is wrong, what to do. */
public final class TlsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, with nothing beneath it. */
    public TlsException(String message) {
        super(message);
    }

    /** What is wrong, and the failure beneath. */
    public TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
