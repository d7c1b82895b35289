package io.siprec.server.internal.work;

import io.siprec.core.SessionId;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.spi.SessionSnapshot;
import io.siprec.core.spi.SessionStore;
import io.siprec.core.spi.SessionStoreException;
import io.siprec.core.spi.StaleVersionException;
import io.siprec.core.spi.StoreHealth;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the newest state of each session into the store, off the loops. Recording never waits for a store: what can't
 * be saved is tried again with growing pauses, the newest state only.
 */
public final class SessionStoreWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionStoreWorker.class);
    private static final long FIRST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 10_000;

    private final SessionStore store;
    private final String node;
    private final KeyedWorker worker;
    private final Map<SessionId, Long> versions = new HashMap<>(); // worker thread only
    private long pauseMs; // worker thread only; 0 while the store answers
    private volatile String trouble = "";
    private volatile boolean closing;

    public SessionStoreWorker(SessionStore store, String node, int maxSessions) {
        this.store = store;
        this.node = node;
        this.worker = new KeyedWorker("siprec-store", maxSessions);
    }

    public void start() {
        worker.start();
    }

    /** Saves this state of a session, soon. Any thread. */
    public void save(RecordingSession session) {
        submit(session.id(), () -> {
            long known = versions.getOrDefault(session.id(), 0L);
            versions.put(session.id(), store.save(new SessionSnapshot(node, session), known));
        });
    }

    /** Takes a session out of the store, soon. Any thread. */
    public void remove(SessionId id) {
        submit(id, () -> {
            store.remove(id);
            versions.remove(id);
        });
    }

    /** Whether saves succeed. */
    public StoreHealth health() {
        return trouble.isEmpty() ? store.health() : new StoreHealth(false, trouble);
    }

    /** Tries once more what waits, then gives up. */
    @Override
    public void close() {
        closing = true;
        worker.close(Duration.ofSeconds(5));
    }

    private void submit(SessionId id, StoreTask task) {
        worker.submit(id, () -> attempt(id, task));
    }

    private void attempt(SessionId id, StoreTask task) {
        try {
            task.run();
            if (pauseMs > 0) {
                LOG.info("The session store is back");
            }
            pauseMs = 0;
            trouble = "";
        } catch (StaleVersionException e) {
            LOG.warn("Another node has taken a session over, its state is not saved here any more: {}", e.getMessage());
        } catch (SessionStoreException e) {
            onFailure(id, task, e);
        }
    }

    private void onFailure(SessionId id, StoreTask task, SessionStoreException e) {
        if (pauseMs == 0) {
            LOG.warn("The session store fails, recording goes on: {}", e.getMessage());
        }
        trouble = "the session store fails: " + e.getMessage();
        if (closing) {
            return;
        }
        pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pauseMs * 2));
        try {
            Thread.sleep(pauseMs); // back-off: while the store is away nothing else of this thread's could succeed
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return;
        }
        worker.submitIfAbsent(id, () -> attempt(id, task));
    }

    /** One call of the store. */
    private interface StoreTask {
        void run() throws SessionStoreException;
    }
}
