package io.siprec.core.spi;

import io.siprec.core.SessionId;

/** The session was saved or claimed by another node in the meantime: the caller's claim is lost. */
public final class StaleVersionException extends SessionStoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param id the session
     * @param expected the version that the caller knew
     * @param actual the version in the store, 0 when the session is not there
     */
    public StaleVersionException(SessionId id, long expected, long actual) {
        super("session " + id + " is at version " + actual + ", not " + expected);
    }
}
