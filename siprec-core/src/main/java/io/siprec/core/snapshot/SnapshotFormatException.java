package io.siprec.core.snapshot;

/** Octets that are no session snapshot, or one that only a newer version can read. The message shows no value of it. */
public final class SnapshotFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, and where */
    SnapshotFormatException(String message) {
        super(message);
    }

    /**
     * @param message what is wrong, and where
     * @param cause the failure beneath
     */
    SnapshotFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
