package io.siprec.core.spi;

import io.siprec.core.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Sessions in this process only: the default store. Thread-safe; several servers of one process may share it. */
public final class InMemorySessionStore implements SessionStore {
    private final Clock clock;
    private final Map<SessionId, StoredSession> sessions = new HashMap<>(); // guarded by this
    private final Map<String, Instant> aliveUntil = new HashMap<>(); // guarded by this

    /** A store on the system's clock. */
    public InMemorySessionStore() {
        this(Clock.systemUTC());
    }

    /** @param clock for heartbeats */
    public InMemorySessionStore(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public synchronized long save(SessionSnapshot snapshot, long expectedVersion) throws StaleVersionException {
        return put(snapshot.session().id(), snapshot, expectedVersion).version();
    }

    @Override
    public synchronized Optional<StoredSession> find(SessionId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    @Override
    public List<StoredSession> findByCallId(String callId) {
        return select(snapshot -> snapshot.session().callId().equals(callId));
    }

    @Override
    public synchronized boolean remove(SessionId id) {
        return sessions.remove(id) != null;
    }

    @Override
    public List<StoredSession> listByNode(String node) {
        return select(snapshot -> snapshot.node().equals(node));
    }

    @Override
    public synchronized StoredSession claim(SessionId id, String node, long expectedVersion)
            throws StaleVersionException {
        StoredSession stored = sessions.get(id);
        if (stored == null) {
            throw new StaleVersionException(id, expectedVersion, 0);
        }
        return put(id, stored.snapshot().withNode(node), expectedVersion);
    }

    @Override
    public synchronized void heartbeat(String node, Duration ttl) {
        aliveUntil.put(node, clock.instant().plus(ttl));
    }

    @Override
    public synchronized Set<String> liveNodes() {
        Instant now = clock.instant();
        aliveUntil.values().removeIf(until -> !until.isAfter(now));
        return Set.copyOf(aliveUntil.keySet());
    }

    @Override
    public StoreHealth health() {
        return StoreHealth.up();
    }

    @Override
    public void close() {
        // Nothing is held but memory, which another server of this process may still use.
    }

    private synchronized List<StoredSession> select(Predicate<SessionSnapshot> wanted) {
        return sessions.values().stream()
                .filter(stored -> wanted.test(stored.snapshot()))
                .toList();
    }

    private StoredSession put(SessionId id, SessionSnapshot snapshot, long expectedVersion)
            throws StaleVersionException {
        StoredSession before = sessions.get(id);
        long actual = before == null ? 0 : before.version();
        if (actual != expectedVersion) {
            throw new StaleVersionException(id, expectedVersion, actual);
        }
        StoredSession after = new StoredSession(snapshot, actual + 1);
        sessions.put(id, after);
        return after;
    }
}
