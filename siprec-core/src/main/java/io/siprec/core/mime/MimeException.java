package io.siprec.core.mime;

/** A message body that cannot be split into its parts; the message is fit for the reason phrase of a 400. */
public final class MimeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With a message that holds none of the peer's text. */
    public MimeException(String message) {
        super(message);
    }
}
