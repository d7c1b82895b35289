package io.siprec.core.spi;

/** A store could not do what it was asked to: it is away, or full, or slow. The recording goes on. */
public class SessionStoreException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, without credentials */
    public SessionStoreException(String message) {
        super(message);
    }

    /**
     * @param message what failed, without credentials
     * @param cause the failure beneath
     */
    public SessionStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
