package io.siprec.server.internal.call;

import io.siprec.core.SessionId;
import io.siprec.core.session.RecordingSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The newest view of each session that is recorded or being finished. Any thread reads it. */
public final class SessionTable {
    private final ConcurrentNavigableMap<SessionId, RecordingSession> sessions = new ConcurrentSkipListMap<>();
    private final Object emptied = new Object();
    private final int limit;
    private final AtomicInteger taken = new AtomicInteger(); // sessions, and INVITEs that may become one

    /** A table of at most {@code limit} sessions. */
    public SessionTable(int limit) {
        this.limit = limit;
    }

    /** Whether one more session would be over the limit. */
    public boolean full() {
        return taken.get() >= limit;
    }

    /** Takes a place for a session that may come; false when there is none. To be settled. */
    boolean reserve() {
        return taken.getAndUpdate(n -> n < limit ? n + 1 : n) < limit;
    }

    /** Whether the session came to be; if not, its place is free again. On its loop, before it can end. */
    boolean settle(SessionId id) {
        boolean there = sessions.containsKey(id);
        if (!there) {
            taken.decrementAndGet();
        }
        return there;
    }

    /** Gives a place back that no session came to take. */
    void release() {
        taken.decrementAndGet();
    }

    void put(RecordingSession session) {
        sessions.put(session.id(), session);
    }

    void remove(SessionId id) {
        if (sessions.remove(id) != null) {
            taken.decrementAndGet();
        }
        if (sessions.isEmpty()) {
            synchronized (emptied) {
                emptied.notifyAll();
            }
        }
    }

    /** How many there are. */
    public int size() {
        return sessions.size();
    }

    /** All of them, oldest first. */
    public List<RecordingSession> list() {
        return List.copyOf(sessions.values());
    }

    /** One of them. */
    public Optional<RecordingSession> find(SessionId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** Waits until no session is left; false when that took longer than {@code patience}. */
    public boolean awaitEmpty(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (emptied) {
            while (!sessions.isEmpty()) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (leftMs <= 0) {
                    return false;
                }
                emptied.wait(leftMs);
            }
        }
        return true;
    }
}
