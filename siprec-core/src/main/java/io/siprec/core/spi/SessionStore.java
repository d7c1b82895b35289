package io.siprec.core.spi;

import io.siprec.core.SessionId;
import io.siprec.core.snapshot.SessionSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the sessions that nodes record, so that they outlive a node. A node is a recording server under a name of its own;
 * all nodes that share a store can take each other's sessions over.
 *
 * <p><b>Threads.</b> A server calls its store from one thread, never from a signalling or a media loop, but {@code health} from
 * any. Several servers may share one instance: all methods are safe for use by several threads.
 *
 * <p><b>Blocking.</b> Methods may block, each for a time that the store bounds itself, a few seconds at most. Recording
 * does not wait for them.
 *
 * <p><b>Versions.</b> Each stored session has a version: 1 when it is new, one more with each save and claim. A write names the
 * version that the writer knows, and is refused with {@link StaleVersionException} where the store has another one. That is
 * how a node learns that another has taken its session over.
 *
 * <p><b>Atomicity.</b> A write of one session happens as a whole or not at all, and of several writers that name the same version
 * one wins, whatever node or process they are in. After it has returned, all methods on all nodes see it: a session is in
 * {@code listByNode} of one node only. Nothing is promised across sessions.
 *
 * <p><b>Errors.</b> A store that can't do what it was asked to throws {@link SessionStoreException}, and nothing else, however it
 * fails. It is then unknown whether a write happened: the caller may repeat it, and where that is refused as stale, {@code find}
 * tells whether the newer version is the caller's own. A store tries nothing again by itself: callers do, with pauses that
 * grow. After a failure it mends itself; no method must be called for that.
 *
 * <p><b>Retention.</b> A store may forget a session that was neither saved nor claimed, and whose node had no heartbeat, for
 * a time that is a setting of the store. So what a node left that never came back goes away. A store may also lose sessions by
 * misfortune; their nodes then save them as new ones.
 *
 * <p><b>Values.</b> Node names and Call-IDs are any text without controls: of any script, with blanks, braces, quotes and colons,
 * a Call-ID as long as a header may be, 8 KiB. A snapshot in its JSON form may have 1 MiB, and a store takes at least that.
 * {@code SessionStoreContract} in siprec-testkit holds a store to all this.
 */
public interface SessionStore extends AutoCloseable {
    /**
     * Saves the newest state of a session.
     *
     * @param expectedVersion the version that the caller saved or claimed last; 0 for a new session
     * @return the new version, {@code expectedVersion + 1}
     * @throws StaleVersionException if the store holds another version, or none where one was expected; nothing was saved
     * @throws SessionStoreException if nothing was saved, or it can't be told
     */
    long save(SessionSnapshot snapshot, long expectedVersion) throws SessionStoreException;

    /**
     * The session with this id; empty when there is none.
     *
     * @throws UnreadableSessionException if there is something in its place that this version can't read
     */
    Optional<StoredSession> find(SessionId id) throws SessionStoreException;

    /**
     * The sessions of a SIP Call-ID: none, one, or several when an SRC reused it. The Call-ID is compared exactly; one that
     * can't be read is left out.
     */
    List<StoredSession> findByCallId(String callId) throws SessionStoreException;

    /**
     * Forgets a session that has ended.
     *
     * @param expectedVersion the version that the caller saved or claimed last
     * @return false if it was not there
     * @throws StaleVersionException if the store holds another version: it is another node's session now, and stays
     */
    boolean remove(SessionId id, long expectedVersion) throws SessionStoreException;

    /** The sessions that a node records, in no particular order; those that can't be read are left out. */
    List<StoredSession> listByNode(String node) throws SessionStoreException;

    /**
     * Takes a session over for a node, or back. Of several nodes that claim the same version one wins.
     *
     * @return the claimed session, its node and version new, all else as it was
     * @throws StaleVersionException if the store holds another version than {@code expectedVersion}, or none
     * @throws UnreadableSessionException if this version can't read the session, which stays as it was
     */
    StoredSession claim(SessionId id, String node, long expectedVersion) throws SessionStoreException;

    /**
     * Says that a node is alive for another {@code ttl}, by the store's clock where there is one for all nodes. It also keeps the
     * node's sessions from being forgotten.
     *
     * @param ttl positive; a node says so again in a third of it
     */
    void heartbeat(String node, Duration ttl) throws SessionStoreException;

    /** The nodes whose heartbeat has not run out. */
    Set<String> liveNodes() throws SessionStoreException;

    /**
     * The nodes that live, and those under whose names there may still be sessions: the difference to {@link #liveNodes} is
     * whose sessions are to be taken over.
     */
    Set<String> knownNodes() throws SessionStoreException;

    /** Whether the store can be used now; does not throw and does not block for longer than a second. */
    StoreHealth health();

    /** Releases connections and threads. Saved sessions stay. Methods called later throw SessionStoreException. */
    @Override
    void close();
}
