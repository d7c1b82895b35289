package io.siprec.core.spi;

import io.siprec.core.SessionId;

/** The store holds another version of the session than the caller knows: another node has written it, or it is gone. */
public final class StaleVersionException extends SessionStoreException {
    private static final long serialVersionUID = 1L;

    private final long actual;

    /**
     * @param id the session
     * @param expected the version that the caller knew
     * @param actual the version in the store, 0 when the session is not there
     */
    public StaleVersionException(SessionId id, long expected, long actual) {
        super("session " + id + (actual == 0 ? " is not there" : " is at version " + actual) + ", not at version "
                + expected);
        this.actual = actual;
    }

    /** The version in the store; 0 when the session is not there. */
    public long actual() {
        return actual;
    }

    /** Whether the store has no such session: it was removed, or lost. */
    public boolean gone() {
        return actual == 0;
    }
}
