package io.siprec.core.spi;

import io.siprec.core.SessionId;
import io.siprec.core.snapshot.SessionSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Sessions in this process only: the default store. Several servers of one process may share it, and closing it does nothing:
 * it holds nothing but memory.
 */
public final class InMemorySessionStore implements SessionStore {
    private static final Duration RETENTION = Duration.ofHours(24);

    private final Clock clock;
    private final Duration retention;
    private final Map<SessionId, Entry> sessions = new HashMap<>(); // guarded by this
    private final Map<String, Instant> aliveUntil = new HashMap<>(); // guarded by this

    /** A store on the system's clock that forgets after 24 hours. */
    public InMemorySessionStore() {
        this(Clock.systemUTC(), RETENTION);
    }

    /**
     * @param clock for heartbeats and retention
     * @param retention how long a session is kept that nobody has saved, claimed or kept alive
     */
    public InMemorySessionStore(Clock clock, Duration retention) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.retention = Objects.requireNonNull(retention, "retention");
    }

    @Override
    public synchronized long save(SessionSnapshot snapshot, long expectedVersion) throws StaleVersionException {
        SessionId id = snapshot.session().id();
        check(id, version(id), expectedVersion);
        return put(id, snapshot, expectedVersion + 1).version();
    }

    @Override
    public synchronized Optional<StoredSession> find(SessionId id) {
        return version(id) == 0
                ? Optional.empty()
                : Optional.of(sessions.get(id).session());
    }

    @Override
    public List<StoredSession> findByCallId(String callId) {
        return select(snapshot -> snapshot.session().callId().equals(callId));
    }

    @Override
    public synchronized boolean remove(SessionId id, long expectedVersion) throws StaleVersionException {
        long actual = version(id);
        if (actual == 0) {
            return false;
        }
        check(id, actual, expectedVersion);
        sessions.remove(id);
        return true;
    }

    @Override
    public List<StoredSession> listByNode(String node) {
        return select(snapshot -> snapshot.node().equals(node));
    }

    @Override
    public synchronized StoredSession claim(SessionId id, String node, long expectedVersion)
            throws StaleVersionException {
        long actual = version(id);
        if (actual == 0) {
            throw new StaleVersionException(id, expectedVersion, 0);
        }
        check(id, actual, expectedVersion);
        SessionSnapshot claimed = sessions.get(id).session().snapshot().withNode(node);
        return put(id, claimed, expectedVersion + 1);
    }

    @Override
    public synchronized void heartbeat(String node, Duration ttl) {
        aliveUntil.put(node, clock.instant().plus(ttl));
        sessions.replaceAll(
                (id, entry) -> entry.session().snapshot().node().equals(node) ? kept(entry.session()) : entry);
    }

    @Override
    public synchronized Set<String> liveNodes() {
        Instant now = clock.instant();
        aliveUntil.values().removeIf(until -> !until.isAfter(now));
        return Set.copyOf(aliveUntil.keySet());
    }

    @Override
    public synchronized Set<String> knownNodes() {
        Set<String> known = new HashSet<>(liveNodes());
        forget();
        sessions.values().forEach(entry -> known.add(entry.session().snapshot().node()));
        return Set.copyOf(known);
    }

    @Override
    public StoreHealth health() {
        return StoreHealth.up();
    }

    @Override
    public void close() {
        // Another server of this process may still use it.
    }

    private synchronized List<StoredSession> select(Predicate<SessionSnapshot> wanted) {
        forget();
        return sessions.values().stream()
                .map(Entry::session)
                .filter(stored -> wanted.test(stored.snapshot()))
                .toList();
    }

    private synchronized void forget() {
        Instant now = clock.instant();
        sessions.values().removeIf(entry -> !entry.keptUntil().isAfter(now));
    }

    private synchronized long version(SessionId id) {
        Entry entry = sessions.get(id);
        boolean there = entry != null && entry.keptUntil().isAfter(clock.instant());
        return there ? entry.session().version() : 0;
    }

    private static void check(SessionId id, long actual, long expected) throws StaleVersionException {
        if (actual != expected) {
            throw new StaleVersionException(id, expected, actual);
        }
    }

    private synchronized StoredSession put(SessionId id, SessionSnapshot snapshot, long version) {
        StoredSession stored = new StoredSession(snapshot, version);
        sessions.put(id, kept(stored));
        return stored;
    }

    private Entry kept(StoredSession session) {
        return new Entry(session, clock.instant().plus(retention));
    }

    private record Entry(StoredSession session, Instant keptUntil) {}
}
