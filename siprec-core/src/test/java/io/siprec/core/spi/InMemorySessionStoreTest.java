package io.siprec.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.core.SessionId;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionPeer;
import io.siprec.core.session.SessionState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InMemorySessionStoreTest {
    private final AtomicInteger seconds = new AtomicInteger();
    private final InMemorySessionStore store = new InMemorySessionStore(new Clock() {
        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(seconds.get());
        }
    });

    @Test
    void aSavedSessionIsFoundByIdCallIdAndNode() throws SessionStoreException {
        SessionSnapshot snapshot = snapshot("a", "call-1");
        long version = store.save(snapshot, 0);

        StoredSession stored = new StoredSession(snapshot, version);
        assertThat(store.find(snapshot.session().id())).contains(stored);
        assertThat(store.findByCallId("call-1")).containsExactly(stored);
        assertThat(store.findByCallId("call-2")).isEmpty();
        assertThat(store.listByNode("a")).containsExactly(stored);
        assertThat(store.listByNode("b")).isEmpty();
    }

    @Test
    void aSaveWithAnOldVersionIsRefused() throws SessionStoreException {
        SessionSnapshot snapshot = snapshot("a", "call-1");
        long first = store.save(snapshot, 0);
        long second = store.save(snapshot, first);

        assertThat(second).isGreaterThan(first);
        assertThatThrownBy(() -> store.save(snapshot, first)).isInstanceOf(StaleVersionException.class);
        assertThatThrownBy(() -> store.save(snapshot, 0)).isInstanceOf(StaleVersionException.class);
    }

    @Test
    void aClaimMovesTheSessionAndTheLoserLearnsIt() throws SessionStoreException {
        SessionSnapshot snapshot = snapshot("a", "call-1");
        long version = store.save(snapshot, 0);

        StoredSession claimed = store.claim(snapshot.session().id(), "b", version);

        assertThat(claimed.snapshot().node()).isEqualTo("b");
        assertThat(store.listByNode("a")).isEmpty();
        assertThatThrownBy(() -> store.save(snapshot, version)).isInstanceOf(StaleVersionException.class);
        assertThatThrownBy(() -> store.claim(snapshot.session().id(), "c", version))
                .isInstanceOf(StaleVersionException.class);
    }

    @Test
    void ofManyClaimsOneWins() throws Exception {
        SessionSnapshot snapshot = snapshot("a", "call-1");
        long version = store.save(snapshot, 0);
        AtomicInteger winners = new AtomicInteger();
        CountDownLatch together = new CountDownLatch(1);
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 8; i++) {
            String node = "node-" + i;
            nodes.execute(() -> {
                try {
                    together.await();
                    store.claim(snapshot.session().id(), node, version);
                    winners.incrementAndGet();
                } catch (StaleVersionException | InterruptedException lost) {
                    // all but one
                }
            });
        }
        together.countDown();
        nodes.shutdown();
        assertThat(nodes.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(winners).hasValue(1);
    }

    @Test
    void aRemovedSessionIsGone() throws SessionStoreException {
        SessionSnapshot snapshot = snapshot("a", "call-1");
        store.save(snapshot, 0);

        assertThat(store.remove(snapshot.session().id())).isTrue();
        assertThat(store.remove(snapshot.session().id())).isFalse();
        assertThat(store.find(snapshot.session().id())).isEmpty();
    }

    @Test
    void aNodeLivesAsLongAsItsHeartbeat() {
        store.heartbeat("a", Duration.ofSeconds(10));
        store.heartbeat("b", Duration.ofSeconds(20));
        assertThat(store.liveNodes()).containsExactlyInAnyOrder("a", "b");

        seconds.set(10);
        assertThat(store.liveNodes()).containsExactly("b");
        store.heartbeat("a", Duration.ofSeconds(1));
        assertThat(store.liveNodes()).containsExactlyInAnyOrder("a", "b");
    }

    private static SessionSnapshot snapshot(String node, String callId) {
        SessionPeer peer = new SessionPeer("UDP", "127.0.0.1:5060", "<sip:a@b>", "<sip:c@d>", "sip:c@d", "");
        return new SessionSnapshot(
                node,
                new RecordingSession(
                        SessionId.create(1),
                        callId,
                        "local",
                        "remote",
                        SessionState.RECORDING,
                        Instant.EPOCH,
                        Optional.empty(),
                        Optional.empty(),
                        peer,
                        "1970/01/01/x",
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
    }
}
