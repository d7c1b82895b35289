package io.siprec.stt;

/** A provider can't transcribe, now or at all. */
public class SttException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /**
     * @param message what went wrong; never credentials, never transcript text
     * @param retryable whether the same request may succeed later (a lost connection, a rate limit)
     */
    public SttException(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
    }

    /**
     * @param message what went wrong; never credentials, never transcript text
     * @param retryable whether the same request may succeed later
     * @param cause the failure beneath
     */
    public SttException(String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }
}
