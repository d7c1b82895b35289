package io.siprec.server.internal.work;

import io.siprec.core.SessionId;
import io.siprec.core.snapshot.SessionSnapshot;
import io.siprec.core.spi.SessionStore;
import io.siprec.core.spi.SessionStoreException;
import io.siprec.core.spi.StaleVersionException;
import io.siprec.core.spi.StoredSession;
import io.siprec.core.spi.UnreadableSessionException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * This node's sessions, and the versions that the store has of them. Where the store has another one than is known, it may be of a write of ours whose
 * success we have not heard of, or the store has lost the session: then it is written again. Else another node has it, and
 * it is not touched any more. Store thread only.
 */
final class HeldSessions {
    private final SessionStore store;
    private final String node;
    private final Map<SessionId, Long> versions = new HashMap<>();
    private final Map<SessionId, SessionSnapshot> newest = new HashMap<>();
    private final Set<SessionId> lost = new HashSet<>();

    HeldSessions(SessionStore store, String node) {
        this.store = store;
        this.node = node;
    }

    /** @throws StaleVersionException once, when another node has taken the session; later saves of it are left out */
    void save(SessionSnapshot snapshot) throws SessionStoreException {
        SessionId id = snapshot.session().id();
        if (lost.contains(id)) {
            return;
        }
        newest.put(id, snapshot);
        try {
            versions.put(id, store.save(snapshot, known(id)));
        } catch (StaleVersionException e) {
            versions.put(id, store.save(snapshot, ours(id, e)));
        }
    }

    /** The newest state of each session that is this node's: what a store should have. */
    List<SessionSnapshot> all() {
        return List.copyOf(newest.values());
    }

    /** Takes out what an earlier run of this node has left: its files are repaired, nobody goes on with it. Tells how many. */
    int removeLeftovers() throws SessionStoreException {
        int removed = 0;
        for (StoredSession left : store.listByNode(node)) {
            SessionId id = left.snapshot().session().id();
            if (!newest.containsKey(id) && removeLeftover(id, left.version())) {
                removed++;
            }
        }
        return removed;
    }

    private boolean removeLeftover(SessionId id, long version) throws SessionStoreException {
        try {
            return store.remove(id, version);
        } catch (StaleVersionException e) {
            return false; // another node has taken it in this moment
        }
    }

    /** The session has ended here, whatever becomes of it elsewhere. */
    void remove(SessionId id) throws SessionStoreException {
        newest.remove(id);
        if (lost.remove(id)) {
            return;
        }
        try {
            removeOurs(id);
            versions.remove(id);
        } finally {
            lost.remove(id);
        }
    }

    private void removeOurs(SessionId id) throws SessionStoreException {
        try {
            store.remove(id, known(id));
        } catch (StaleVersionException e) {
            store.remove(id, ours(id, e));
        }
    }

    private long known(SessionId id) {
        return versions.getOrDefault(id, 0L);
    }

    private long ours(SessionId id, StaleVersionException refusal) throws SessionStoreException {
        if (refusal.gone()) {
            return 0;
        }
        Optional<StoredSession> stored = found(id);
        if (stored.isPresent() && !stored.get().snapshot().node().equals(node)) {
            giveUp(id);
            throw refusal;
        }
        return stored.map(StoredSession::version).orElse(0L);
    }

    private Optional<StoredSession> found(SessionId id) throws SessionStoreException {
        try {
            return store.find(id);
        } catch (UnreadableSessionException e) {
            giveUp(id);
            throw e;
        }
    }

    private void giveUp(SessionId id) {
        versions.remove(id);
        newest.remove(id);
        lost.add(id);
    }
}
