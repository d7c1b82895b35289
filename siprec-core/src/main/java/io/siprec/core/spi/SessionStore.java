package io.siprec.core.spi;

import io.siprec.core.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the sessions that nodes record. Calls come from a store worker, one at a time per server, never from a
 * signalling or media loop: they may block, within the time-out that the store sets itself. Several servers may share
 * one store, so each method is atomic per session.
 */
public interface SessionStore extends AutoCloseable {
    /**
     * Saves the newest state of a session.
     *
     * @param expectedVersion the version that the caller saved or claimed last; 0 for a new session
     * @return the new version
     * @throws StaleVersionException if the store holds another version: another node has taken the session over
     * @throws SessionStoreException if nothing was saved, or it can't be told
     */
    long save(SessionSnapshot snapshot, long expectedVersion) throws SessionStoreException;

    /** The session with this id. */
    Optional<StoredSession> find(SessionId id) throws SessionStoreException;

    /** The sessions of a SIP Call-ID: none, one, or several when an SRC reused it. */
    List<StoredSession> findByCallId(String callId) throws SessionStoreException;

    /** Forgets a session; false if it was not there. */
    boolean remove(SessionId id) throws SessionStoreException;

    /** The sessions that a node records, in no particular order. */
    List<StoredSession> listByNode(String node) throws SessionStoreException;

    /**
     * Takes a session over for a node. Of several nodes that claim the same version one wins.
     *
     * @return the claimed session with its new version
     * @throws StaleVersionException if the store holds another version than {@code expectedVersion}
     */
    StoredSession claim(SessionId id, String node, long expectedVersion) throws SessionStoreException;

    /** Says that a node is alive for another {@code ttl}. */
    void heartbeat(String node, Duration ttl) throws SessionStoreException;

    /** The nodes whose heartbeat has not run out. */
    Set<String> liveNodes() throws SessionStoreException;

    /** Whether the store can be used; does not throw and does not block for longer than a second. */
    StoreHealth health();

    /** Releases connections. Saved sessions stay. */
    @Override
    void close();
}
