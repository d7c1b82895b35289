package io.siprec.server.internal.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.SessionId;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionState;
import io.siprec.core.snapshot.RecordingPart;
import io.siprec.core.snapshot.SessionSnapshot;
import io.siprec.core.spi.InMemorySessionStore;
import io.siprec.core.spi.SessionStore;
import io.siprec.core.spi.SessionStoreException;
import io.siprec.core.spi.StoreHealth;
import io.siprec.core.spi.StoredSession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SessionStoreWorkerTest {
    private static final Path ROOT = Path.of("/var/spool/recordings");

    private final SessionId id = SessionId.create(1);

    @Test
    void theNewestStateIsSavedAndRemovedAtTheEnd() {
        InMemorySessionStore store = new InMemorySessionStore();
        SessionStoreWorker worker = new SessionStoreWorker(store, "node-1", ROOT, 10);
        worker.save(session(SessionState.RECORDING));
        worker.start();
        worker.save(session(SessionState.FINISHING));
        worker.close();
        assertThat(store.find(id).orElseThrow().snapshot().session().state()).isEqualTo(SessionState.FINISHING);
        assertThat(store.listByNode("node-1")).hasSize(1);
        assertThat(store.liveNodes()).containsExactly("node-1");
        assertThat(store.find(id).orElseThrow().snapshot().parts())
                .containsExactly(
                        new RecordingPart("node-1", ROOT.toString(), "1970/01/01/x", Instant.EPOCH, Optional.empty()));

        SessionStoreWorker next = new SessionStoreWorker(store, "node-1", ROOT, 10);
        next.start();
        next.remove(id);
        next.close();
        assertThat(store.find(id)).isEmpty();
    }

    @Test
    void whatAnEarlierRunOfTheNodeHasLeftIsTakenOut() throws SessionStoreException {
        InMemorySessionStore store = new InMemorySessionStore();
        SessionId left = SessionId.create(2);
        SessionId others = SessionId.create(3);
        store.save(new SessionSnapshot("node-1", WorkSessions.session(left, SessionState.RECORDING), List.of()), 0);
        store.save(new SessionSnapshot("node-2", WorkSessions.session(others, SessionState.RECORDING), List.of()), 0);

        SessionStoreWorker worker = new SessionStoreWorker(store, "node-1", ROOT, 10);
        worker.save(session(SessionState.RECORDING)); // came while the server started
        worker.start();
        worker.close();

        assertThat(store.find(left)).isEmpty();
        assertThat(store.find(others)).isPresent();
        assertThat(store.find(id)).isPresent();
    }

    @Test
    void whatAStoreRefusesIsTriedAgainUntilItIsBack() throws InterruptedException {
        FailingStore store = new FailingStore(3);
        try (SessionStoreWorker worker = new SessionStoreWorker(store, "node-1", ROOT, 10)) {
            worker.start();
            worker.save(session(SessionState.RECORDING));

            assertThat(store.firstFailure.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(store.saved.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(store.attempts).hasValueGreaterThanOrEqualTo(4); // one more when the store is back
        }
        assertThat(store.inner.find(id)).isPresent();
    }

    @Test
    @Timeout(20)
    void whatAStoreHasLostWhileItWasAwayIsSavedAgain() throws InterruptedException, SessionStoreException {
        FailingStore store = new FailingStore(0);
        SessionStoreWorker worker = new SessionStoreWorker(store, "node-1", ROOT, 10);
        try (worker) {
            worker.start();
            worker.save(session(SessionState.RECORDING));
            assertThat(store.saved.await(10, TimeUnit.SECONDS)).isTrue();
            store.inner.remove(id, 1);
            store.failures = 2; // of the other session
            SessionId other = SessionId.create(2);
            worker.save(WorkSessions.session(other, SessionState.RECORDING));
            assertThat(store.firstFailure.await(10, TimeUnit.SECONDS)).isTrue();
            while (store.inner.find(id).isEmpty() || store.inner.find(other).isEmpty()) { // in any order
                TimeUnit.MILLISECONDS.sleep(5); // the worker's own pace
            }
        }
        assertThat(store.inner.find(id).orElseThrow().version()).isEqualTo(1);
    }

    /** As one that restarts between two saves. */
    @Test
    @Timeout(30)
    void whatAStoreHasLostUnseenIsSavedAgainWithTheNextHeartbeat() throws InterruptedException, SessionStoreException {
        FailingStore store = new FailingStore(0);
        try (SessionStoreWorker worker = new SessionStoreWorker(store, "node-1", ROOT, 10)) {
            worker.start();
            worker.save(session(SessionState.RECORDING));
            assertThat(store.saved.await(10, TimeUnit.SECONDS)).isTrue();
            store.inner.remove(id, store.inner.find(id).orElseThrow().version());
            store.forgetful = true;
            while (store.inner.find(id).isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(5); // the worker's own pace
            }
        }
    }

    private RecordingSession session(SessionState state) {
        return WorkSessions.session(id, state);
    }

    /** A store that is away for the first few saves. */
    private static final class FailingStore implements SessionStore {
        private final InMemorySessionStore inner = new InMemorySessionStore();
        private final AtomicInteger attempts = new AtomicInteger();
        private volatile int failures; // of the first so many saves
        private volatile boolean forgetful; // of nodes
        private final CountDownLatch firstFailure = new CountDownLatch(1);
        private final CountDownLatch saved = new CountDownLatch(1);

        FailingStore(int failures) {
            this.failures = failures;
        }

        @Override
        public long save(SessionSnapshot snapshot, long expectedVersion) throws SessionStoreException {
            if (attempts.incrementAndGet() <= failures) {
                firstFailure.countDown();
                throw new SessionStoreException("away on purpose");
            }
            long version = inner.save(snapshot, expectedVersion);
            saved.countDown();
            return version;
        }

        @Override
        public Optional<StoredSession> find(SessionId wanted) {
            return inner.find(wanted);
        }

        @Override
        public List<StoredSession> findByCallId(String callId) {
            return inner.findByCallId(callId);
        }

        @Override
        public boolean remove(SessionId wanted, long expectedVersion) throws SessionStoreException {
            return inner.remove(wanted, expectedVersion);
        }

        @Override
        public List<StoredSession> listByNode(String node) {
            return inner.listByNode(node);
        }

        @Override
        public StoredSession claim(SessionId wanted, String node, long expectedVersion) throws SessionStoreException {
            return inner.claim(wanted, node, expectedVersion);
        }

        @Override
        public void heartbeat(String node, Duration ttl) {
            inner.heartbeat(node, ttl);
        }

        @Override
        public Set<String> liveNodes() {
            return forgetful ? Set.of() : inner.liveNodes();
        }

        @Override
        public Set<String> knownNodes() {
            return inner.knownNodes();
        }

        @Override
        public StoreHealth health() {
            return inner.health();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
