package io.siprec.testkit.internal;

/** An answer by which nothing can be sent; the message says why. */
final class UnusableAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableAnswerException(String message) {
        super(message);
    }
}
