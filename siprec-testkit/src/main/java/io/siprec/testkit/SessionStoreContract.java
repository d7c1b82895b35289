package io.siprec.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.siprec.core.SessionId;
import io.siprec.core.session.SessionState;
import io.siprec.core.snapshot.SessionSnapshot;
import io.siprec.core.snapshot.SnapshotJson;
import io.siprec.core.spi.SessionStore;
import io.siprec.core.spi.SessionStoreException;
import io.siprec.core.spi.StaleVersionException;
import io.siprec.core.spi.StoreHealth;
import io.siprec.core.spi.StoredSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every {@link SessionStore} must do, as JUnit tests: the test class of a store extends this one. The class needs JUnit
 * Jupiter, which siprec-testkit does not bring. Each test begins with an empty store.
 */
public abstract class SessionStoreContract {
    /** How long sessions are kept that nobody touches, in these tests. */
    protected static final Duration RETENTION = Duration.ofHours(1);

    private static final int RACERS = 8;
    private static final int HEALTH_TRIES = 20;

    private final List<SessionStore> opened = new ArrayList<>();
    private SessionStore store;

    /** For the test of a store. */
    protected SessionStoreContract() {}

    /** A store that forgets after {@link #RETENTION}, as one node has it; called again for another node on the same data. */
    protected abstract SessionStore open() throws Exception;

    /** Lets time pass for heartbeats and for retention, whatever clock the store goes by. */
    protected abstract void advance(Duration time) throws Exception;

    /** Opens the store. */
    @BeforeEach
    final void openStore() throws Exception {
        store = another();
    }

    /** Closes all stores that were opened. */
    @AfterEach
    final void closeStores() {
        opened.forEach(SessionStore::close);
    }

    /** One more node's store on the same data, closed after the test. */
    protected final SessionStore another() throws Exception {
        SessionStore one = open();
        opened.add(one);
        return one;
    }

    /** The first store. */
    protected final SessionStore store() {
        return store;
    }

    @Test
    void aSavedSessionIsFoundByIdCallIdAndNode() throws Exception {
        SessionSnapshot snapshot = SessionSnapshots.complete("a");
        assertEquals(1, store.save(snapshot, 0));

        StoredSession stored = new StoredSession(snapshot, 1);
        for (SessionStore node : List.of(store, another())) {
            assertEquals(Optional.of(stored), node.find(id(snapshot)));
            assertEquals(List.of(stored), node.findByCallId(snapshot.session().callId()));
            assertEquals(List.of(stored), node.listByNode("a"));
            assertEquals(List.of(), node.findByCallId("another"));
            assertEquals(List.of(), node.listByNode("b"));
        }
    }

    @Test
    void whatIsNotThereIsNotFoundAndCanNotBeWritten() throws Exception {
        SessionId id = SessionId.create(1);

        assertEquals(Optional.empty(), store.find(id));
        assertFalse(store.remove(id, 1));
        assertEquals(0, stale(() -> store.claim(id, "a", 1)).actual());
        assertEquals(
                0, stale(() -> store.save(SessionSnapshots.of("a", "call"), 7)).actual());
        assertEquals(List.of(), store.listByNode("a"));
    }

    @Test
    void eachSaveReplacesTheOneBeforeAndOldVersionsAreRefused() throws Exception {
        SessionSnapshot first = SessionSnapshots.of("a", "call");
        SessionSnapshot second = SessionSnapshots.in(first, SessionState.FINISHING);
        store.save(first, 0);

        assertEquals(2, store.save(second, 1));

        for (long old : new long[] {0, 1, 3}) {
            assertEquals(2, stale(() -> store.save(first, old)).actual());
        }
        assertEquals(Optional.of(new StoredSession(second, 2)), store.find(id(first)));
        assertEquals(List.of(new StoredSession(second, 2)), store.listByNode("a"));
    }

    @Test
    void aClaimMovesTheSessionAndTheLoserLearnsIt() throws Exception {
        SessionSnapshot snapshot = SessionSnapshots.complete("a");
        store.save(snapshot, 0);

        StoredSession claimed = another().claim(id(snapshot), "b", 1);

        assertEquals(new StoredSession(snapshot.withNode("b"), 2), claimed);
        assertEquals(Optional.of(claimed), store.find(id(snapshot)));
        assertEquals(List.of(), store.listByNode("a"));
        assertEquals(List.of(claimed), store.listByNode("b"));
        assertEquals(List.of(claimed), store.findByCallId(snapshot.session().callId()));
        assertEquals(2, stale(() -> store.save(snapshot, 1)).actual());
        assertEquals(2, stale(() -> store.claim(id(snapshot), "c", 1)).actual());
        assertEquals(2, stale(() -> store.remove(id(snapshot), 1)).actual());
        assertEquals(List.of(claimed), store.listByNode("b"));
        assertEquals(List.of(), store.listByNode("c"));
    }

    @Test
    void aClaimedSessionGoesOnWithItsNewNodeAndCanBeClaimedBack() throws Exception {
        SessionSnapshot snapshot = SessionSnapshots.of("a", "call");
        store.save(snapshot, 0);
        store.claim(id(snapshot), "b", 1);
        assertEquals(3, store.save(snapshot.withNode("b"), 2));

        assertEquals(new StoredSession(snapshot, 4), store.claim(id(snapshot), "a", 3));
        assertEquals(new StoredSession(snapshot, 5), store.claim(id(snapshot), "a", 4));

        assertEquals(List.of(new StoredSession(snapshot, 5)), store.listByNode("a"));
        assertEquals(List.of(), store.listByNode("b"));
    }

    @Test
    void aRemovedSessionIsNowhereAndItsIdCanBeSavedAnew() throws Exception {
        SessionSnapshot snapshot = SessionSnapshots.of("a", "call");
        store.save(snapshot, 0);

        assertTrue(store.remove(id(snapshot), 1));

        assertFalse(store.remove(id(snapshot), 1));
        assertEquals(Optional.empty(), store.find(id(snapshot)));
        assertEquals(List.of(), store.findByCallId("call"));
        assertEquals(List.of(), store.listByNode("a"));
        assertEquals(1, store.save(snapshot, 0));
        assertEquals(List.of(new StoredSession(snapshot, 1)), store.findByCallId("call"));
    }

    @Test
    void aCallIdMayBeReusedAndIsComparedExactly() throws Exception {
        SessionSnapshot first = SessionSnapshots.of("a", "Call-1");
        SessionSnapshot second = SessionSnapshots.of("b", "Call-1");
        store.save(first, 0);
        store.save(second, 0);
        store.save(SessionSnapshots.of("a", "call-1"), 0);
        store.save(SessionSnapshots.of("a", "Call-1 "), 0);

        assertEquals(
                Set.of(new StoredSession(first, 1), new StoredSession(second, 1)),
                Set.copyOf(store.findByCallId("Call-1")));
        store.remove(id(first), 1);
        assertEquals(List.of(new StoredSession(second, 1)), store.findByCallId("Call-1"));
    }

    @Test
    void ofManyClaimsOneWins() throws Exception {
        for (int round = 0; round < 20; round++) {
            SessionSnapshot snapshot = SessionSnapshots.of("a", "call-" + round);
            store.save(snapshot, 0);

            List<String> winners = race(
                    (node, name) -> node.claim(id(snapshot), name, 1).snapshot().node());

            assertEquals(1, winners.size(), "one of " + winners + " wins");
            StoredSession claimed = new StoredSession(snapshot.withNode(winners.get(0)), 2);
            assertEquals(Optional.of(claimed), store.find(id(snapshot)));
            assertTrue(store.listByNode(winners.get(0)).contains(claimed));
        }
        assertEquals(List.of(), store.listByNode("a"));
    }

    @Test
    void ofManySavesOfOneVersionOneWins() throws Exception {
        for (int round = 0; round < 20; round++) {
            SessionSnapshot snapshot = SessionSnapshots.of("a", "call");

            List<String> winners = race((node, name) -> {
                node.save(snapshot.withNode(name), 0);
                return name;
            });

            assertEquals(1, winners.size(), "one of " + winners + " wins");
            assertEquals(
                    Optional.of(new StoredSession(snapshot.withNode(winners.get(0)), 1)), store.find(id(snapshot)));
        }
    }

    @Test
    void nodesThatWorkAtTheSameTimeLoseNothing() throws Exception {
        race((node, name) -> {
            for (int i = 0; i < 25; i++) {
                SessionSnapshot snapshot = SessionSnapshots.of(name, "shared-" + i);
                node.save(snapshot, 0);
                node.save(SessionSnapshots.in(snapshot, SessionState.FINISHING), 1);
                if (i % 5 == 0) {
                    node.remove(id(snapshot), 2);
                }
            }
            return name;
        });

        for (int i = 0; i < RACERS; i++) {
            assertEquals(20, store.listByNode("node-" + i).size());
        }
        assertEquals(0, store.findByCallId("shared-5").size());
        assertEquals(RACERS, store.findByCallId("shared-6").size());
    }

    @Test
    void aNodeLivesAsLongAsItsHeartbeat() throws Exception {
        store.heartbeat("a", Duration.ofSeconds(100));
        another().heartbeat("b", Duration.ofSeconds(200));
        assertEquals(Set.of("a", "b"), store.liveNodes());
        assertEquals(Set.of("a", "b"), store.knownNodes());

        advance(Duration.ofSeconds(150));
        assertEquals(Set.of("b"), store.liveNodes());

        store.heartbeat("a", Duration.ofSeconds(100));
        assertEquals(Set.of("a", "b"), store.liveNodes());
    }

    @Test
    void aNodeThatDiedIsKnownByItsSessions() throws Exception {
        store.heartbeat("a", Duration.ofSeconds(100));
        store.save(SessionSnapshots.of("a", "call"), 0);
        store.save(SessionSnapshots.of("never seen", "call"), 0);

        advance(Duration.ofSeconds(150));

        assertEquals(Set.of(), store.liveNodes());
        assertTrue(store.knownNodes().containsAll(Set.of("a", "never seen")), () -> "a and another are known");
    }

    @Test
    void aSessionThatNobodyTouchesIsForgotten() throws Exception {
        SessionSnapshot snapshot = SessionSnapshots.of("a", "call");
        store.save(snapshot, 0);
        advance(RETENTION.multipliedBy(2));

        assertEquals(Optional.empty(), store.find(id(snapshot)));
        assertEquals(List.of(), store.findByCallId("call"));
        assertEquals(List.of(), store.listByNode("a"));
        assertEquals(0, stale(() -> store.claim(id(snapshot), "b", 1)).actual());
        assertTrue(stale(() -> store.save(snapshot, 1)).gone());
        assertEquals(1, store.save(snapshot, 0));
    }

    @Test
    void savesClaimsAndHeartbeatsKeepSessions() throws Exception {
        SessionSnapshot saved = SessionSnapshots.of("a", "saved");
        SessionSnapshot claimed = SessionSnapshots.of("a", "claimed");
        SessionSnapshot alive = SessionSnapshots.of("c", "alive");
        SessionSnapshot left = SessionSnapshots.of("d", "left");
        for (SessionSnapshot snapshot : List.of(saved, claimed, alive, left)) {
            store.save(snapshot, 0);
        }
        store.heartbeat("c", Duration.ofSeconds(10));
        for (int i = 1; i <= 3; i++) {
            advance(RETENTION.multipliedBy(2).dividedBy(3));
            store.save(saved, i);
            store.claim(id(claimed), "b", i);
            store.heartbeat("c", Duration.ofSeconds(10));
        }

        assertEquals(List.of(new StoredSession(saved, 4)), store.findByCallId("saved"));
        assertEquals(List.of(new StoredSession(claimed.withNode("b"), 4)), store.listByNode("b"));
        assertEquals(List.of(new StoredSession(alive, 1)), store.findByCallId("alive"));
        assertEquals(List.of(new StoredSession(alive, 1)), store.listByNode("c"));
        assertEquals(Optional.empty(), store.find(id(left)));
    }

    @Test
    void aMegabyteIsKept() throws Exception {
        SessionSnapshot large = SessionSnapshots.large("a", 1 << 20);
        assertTrue(SnapshotJson.write(large).length >= 1 << 20);
        store.save(large, 0);

        assertEquals(Optional.of(new StoredSession(large, 1)), store.find(id(large)));
        assertEquals(new StoredSession(large.withNode("b"), 2), store.claim(id(large), "b", 1));
    }

    @TestFactory
    Stream<DynamicTest> oddNodesAndCallIds() {
        return Stream.of(
                        "{}",
                        "{a}b{c}",
                        "two words",
                        "a:b*c?[d]",
                        "\"quoted'\\",
                        "",
                        "K\u00f6ln-\u65e5\u672c-\ud83d\ude00",
                        "e\u0301 is not \u00e9",
                        "%7B..%2F/../",
                        "x".repeat(8 << 10))
                .map(text -> dynamicTest(
                        text.length() > 30 ? text.length() + " characters" : '"' + text + '"', () -> odd(text)));
    }

    private void odd(String text) throws SessionStoreException {
        String callId = "call " + text;
        String node = "node " + text;
        SessionSnapshot snapshot = SessionSnapshots.of(node, callId);
        store.save(snapshot, 0);
        store.heartbeat(node, Duration.ofSeconds(100));

        StoredSession stored = new StoredSession(snapshot, 1);
        assertEquals(List.of(stored), store.findByCallId(callId));
        assertEquals(List.of(stored), store.listByNode(node));
        assertTrue(store.liveNodes().contains(node), "the node is alive");
        assertTrue(store.remove(id(snapshot), 1));
        assertEquals(List.of(), store.listByNode(node));
    }

    @Test
    void theStoreSaysThatItCanBeUsed() throws SessionStoreException {
        store.liveNodes();
        assertUsable(store);
    }

    @Test
    void sessionsOutliveTheStoreThatSavedThem() throws Exception {
        SessionSnapshot snapshot = SessionSnapshots.of("a", "call");
        SessionStore first = another();
        first.save(snapshot, 0);
        first.close();

        assertEquals(Optional.of(new StoredSession(snapshot, 1)), store.find(id(snapshot)));
    }

    /** The id of a snapshot's session. */
    protected static SessionId id(SessionSnapshot snapshot) {
        return snapshot.session().id();
    }

    /** Holds that a store says that it can be used; on a busy machine not at the first time, as it may not take long. */
    protected static void assertUsable(SessionStore store) {
        StoreHealth health = store.health();
        for (int i = 1; i < HEALTH_TRIES && !health.available(); i++) {
            health = store.health();
        }
        assertEquals(StoreHealth.up(), health);
    }

    /** Runs a write that must be refused as stale. */
    protected static StaleVersionException stale(Callable<?> write) {
        return assertThrows(StaleVersionException.class, write::call);
    }

    /** What one of several nodes does. */
    private interface Racer {
        String run(SessionStore node, String name) throws Exception;
    }

    /** Runs the same on several nodes at once; the results of those that were not refused as stale. */
    private List<String> race(Racer racer) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(RACERS);
        SessionStore second = another();
        CyclicBarrier together = new CyclicBarrier(RACERS);
        List<Future<String>> runs = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            String name = "node-" + i;
            SessionStore node = i % 2 == 0 ? store : second;
            runs.add(threads.submit(() -> {
                together.await(10, TimeUnit.SECONDS);
                return racer.run(node, name);
            }));
        }
        threads.shutdown();
        List<String> winners = new ArrayList<>();
        for (Future<String> run : runs) {
            try {
                winners.add(run.get(60, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof StaleVersionException)) {
                    throw e;
                }
            }
        }
        return winners;
    }
}
