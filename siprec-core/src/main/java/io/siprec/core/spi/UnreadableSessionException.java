package io.siprec.core.spi;

import io.siprec.core.SessionId;

/** What a store has in the place of a session can't be read: it is damaged, or written by a newer version. */
public final class UnreadableSessionException extends SessionStoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param id the session
     * @param problem what is wrong with it, without values
     */
    public UnreadableSessionException(SessionId id, String problem) {
        super("session " + id + " can't be read: " + problem);
    }
}
