package io.siprec.server.internal.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.core.SessionId;
import io.siprec.core.session.SessionState;
import io.siprec.core.snapshot.SessionSnapshot;
import io.siprec.core.spi.InMemorySessionStore;
import io.siprec.core.spi.SessionStoreException;
import io.siprec.core.spi.StaleVersionException;
import io.siprec.core.spi.StoredSession;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldSessionsTest {
    private final SessionId id = SessionId.create(1);
    private final InMemorySessionStore store = new InMemorySessionStore();
    private final HeldSessions held = new HeldSessions(store, "a");

    @Test
    void aSessionThatTheStoreHasLostIsSavedAnew() throws SessionStoreException {
        held.save(snapshot("a", SessionState.RECORDING));
        store.remove(id, 1);

        held.save(snapshot("a", SessionState.FINISHING));

        assertThat(stored().snapshot()).isEqualTo(snapshot("a", SessionState.FINISHING));
    }

    @Test
    void aWriteOfOursWhoseSuccessWasNotHeardOfIsNoOtherNodes() throws SessionStoreException {
        held.save(snapshot("a", SessionState.RECORDING));
        store.save(snapshot("a", SessionState.RECORDING), 1); // done, but the caller saw a time-out

        held.save(snapshot("a", SessionState.FINISHING));

        assertThat(stored()).isEqualTo(new StoredSession(snapshot("a", SessionState.FINISHING), 3));
        store.save(snapshot("a", SessionState.RECORDING), 3);
        held.remove(id);
        assertThat(store.find(id)).isEmpty();
    }

    @Test
    void aSessionThatAnotherNodeHasTakenIsNotTouchedAnyMore() throws SessionStoreException {
        held.save(snapshot("a", SessionState.RECORDING));
        StoredSession taken = store.claim(id, "b", 1);

        assertThatThrownBy(() -> held.save(snapshot("a", SessionState.FINISHING)))
                .isInstanceOf(StaleVersionException.class);
        held.save(snapshot("a", SessionState.FINISHING)); // said once
        assertThat(held.all()).isEmpty();
        held.remove(id);

        assertThat(stored()).isEqualTo(taken);
    }

    @Test
    void theNewestStateOfEachSessionIsKept() throws SessionStoreException {
        held.save(snapshot("a", SessionState.RECORDING));
        held.save(snapshot("a", SessionState.FINISHING));

        assertThat(held.all()).containsExactly(snapshot("a", SessionState.FINISHING));
        held.remove(id);
        assertThat(held.all()).isEmpty();
    }

    @Test
    void theEndOfASessionThatAnotherNodeHasTakenUnheardLeavesItThere() throws SessionStoreException {
        held.save(snapshot("a", SessionState.RECORDING));
        StoredSession taken = store.claim(id, "b", 1);

        assertThatThrownBy(() -> held.remove(id)).isInstanceOf(StaleVersionException.class);

        assertThat(stored()).isEqualTo(taken);
    }

    @Test
    void aSessionThatWasNeverSavedEndsWithoutATrace() throws SessionStoreException {
        held.remove(id);

        assertThat(store.find(id)).isEmpty();
    }

    private StoredSession stored() {
        return store.find(id).orElseThrow();
    }

    private SessionSnapshot snapshot(String node, SessionState state) {
        return new SessionSnapshot(node, WorkSessions.session(id, state), List.of());
    }
}
