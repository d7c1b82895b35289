package io.siprec.server.internal.work;

import io.siprec.core.SessionId;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.snapshot.RecordingPart;
import io.siprec.core.snapshot.SessionSnapshot;
import io.siprec.core.spi.SessionStore;
import io.siprec.core.spi.SessionStoreException;
import io.siprec.core.spi.StaleVersionException;
import io.siprec.core.spi.StoreHealth;
import io.siprec.core.spi.UnreadableSessionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the newest state of each session into the store, off the loops, and says that the node is alive. Recording never
 * waits for a store: what can't be saved is tried again with growing pauses, the newest state only.
 */
public final class SessionStoreWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionStoreWorker.class);
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS =
            2_000; // a store that is back must hear of the node before others miss it
    private static final Duration NODE_TTL = Duration.ofSeconds(10);
    private static final Object HEARTBEAT = "heartbeat";
    private static final Object LEFTOVERS = "leftovers";

    private final SessionStore store;
    private final String node;
    private final String root;
    private final KeyedWorker worker;
    private final HeldSessions held;
    private final ScheduledExecutorService pulse;
    private long pauseMs; // worker thread only, as is the next; 0 while the store answers
    private boolean beaten; // once at least
    private volatile String trouble = "";
    private volatile boolean closing;

    /**
     * @param node the name of this server in the store
     * @param root the recording directory
     */
    public SessionStoreWorker(SessionStore store, String node, Path root, int maxSessions) {
        this.store = store;
        this.node = node;
        this.root = root.toAbsolutePath().toString();
        this.worker = new KeyedWorker("siprec-store", 2 * maxSessions + 2); // those that end may still be there
        this.held = new HeldSessions(store, node);
        this.pulse = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "siprec-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        submit(LEFTOVERS, this::removeLeftovers);
        worker.start();
        heartbeat();
        long periodMs = NODE_TTL.toMillis() / 3;
        pulse.scheduleAtFixedRate(this::heartbeat, periodMs, periodMs, TimeUnit.MILLISECONDS);
    }

    private void removeLeftovers() throws SessionStoreException {
        int removed = held.removeLeftovers();
        if (removed > 0) {
            LOG.info("{} sessions of an earlier run of this node were in the session store: they have ended", removed);
        }
    }

    private void heartbeat() {
        submit(HEARTBEAT, this::beat);
    }

    /** A store that knows us no more has lost what it had, even if it was not seen to be away: it restarts in less than a beat. */
    private void beat() throws SessionStoreException {
        boolean forgotten = beaten && !store.liveNodes().contains(node);
        store.heartbeat(node, NODE_TTL);
        beaten = true;
        if (forgotten) {
            LOG.info("The session store had lost this node, its sessions are saved anew");
            held.all().forEach(this::saveAgain);
        }
    }

    /** Saves this state of a session, soon. Any thread. */
    public void save(RecordingSession session) {
        submit(session.id(), () -> held.save(snapshot(session)));
    }

    private SessionSnapshot snapshot(RecordingSession session) {
        RecordingPart part = new RecordingPart(node, root, session.directory(), session.startedAt(), session.endedAt());
        return new SessionSnapshot(node, session, List.of(part));
    }

    /** Takes a session out of the store, soon. Any thread. */
    public void remove(SessionId id) {
        submit(id, () -> held.remove(id));
    }

    /** Whether saves succeed. */
    public StoreHealth health() {
        return trouble.isEmpty() ? store.health() : new StoreHealth(false, trouble);
    }

    /** Tries once more what waits, then gives up. */
    @Override
    public void close() {
        closing = true;
        pulse.shutdownNow();
        worker.close(Duration.ofSeconds(5));
    }

    private void submit(Object key, StoreTask task) {
        worker.submit(key, () -> attempt(key, task));
    }

    private void attempt(Object key, StoreTask task) {
        try {
            task.run();
            answered();
        } catch (StaleVersionException e) {
            answered();
            LOG.warn("Another node has taken a session over, its state is not saved here any more: {}", e.getMessage());
        } catch (UnreadableSessionException e) {
            answered();
            LOG.warn(
                    "The session store holds something else in a session's place, it is not saved: {}", e.getMessage());
        } catch (SessionStoreException e) {
            onFailure(key, task, e);
        }
    }

    private void answered() {
        boolean wasAway = pauseMs > 0;
        pauseMs = 0;
        trouble = "";
        if (wasAway) {
            LOG.info("The session store is back");
            held.all().forEach(this::saveAgain); // it may have lost what it had
        }
    }

    private void saveAgain(SessionSnapshot snapshot) {
        SessionId id = snapshot.session().id();
        worker.submitIfAbsent(id, () -> attempt(id, () -> held.save(snapshot)));
    }

    private void onFailure(Object key, StoreTask task, SessionStoreException e) {
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
        worker.submitIfAbsent(key, () -> attempt(key, task));
    }

    /** One call of the store. */
    private interface StoreTask {
        void run() throws SessionStoreException;
    }
}
