package io.siprec.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.siprec.core.SessionId;
import io.siprec.core.session.SessionState;
import io.siprec.core.snapshot.SessionSnapshot;
import io.siprec.core.spi.SessionStore;
import io.siprec.core.spi.SessionStoreException;
import io.siprec.core.spi.StoredSession;
import io.siprec.core.spi.UnreadableSessionException;
import io.siprec.testkit.SessionSnapshots;
import io.siprec.testkit.SessionStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract and the faults of one Redis server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RedisContract extends SessionStoreContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30); // the machine may be busy

    private final RedisTime time = new RedisTime();
    private RedisProcess server;
    private RedisClient client;
    private RedisCommands<String, String> redis;

    abstract Path executable() throws Exception;

    @BeforeAll
    void startServer(@TempDir Path work) throws Exception {
        server = RedisProcess.start(executable(), work);
        client = RedisClient.create(RedisURI.create("127.0.0.1", server.port()));
        redis = client.connect().sync();
    }

    @AfterAll
    void stopServer() {
        if (server != null) {
            client.shutdown();
            server.close();
        }
    }

    @BeforeEach
    void empty() {
        redis.flushall();
    }

    @Override
    protected SessionStore open() {
        return builder().build();
    }

    private RedisSessionStore.Builder builder() {
        return RedisSessionStore.builder("127.0.0.1", server.port())
                .timeout(PATIENCE)
                .sessionTtl(RETENTION)
                .clock(time.clock());
    }

    @Override
    protected void advance(Duration duration) {
        time.advance(redis, duration);
    }

    @Test
    void aCallLeavesNothingBehind() throws SessionStoreException {
        SessionSnapshot snapshot = SessionSnapshots.of("a", "call");
        store().save(snapshot, 0);
        assertThat(redis.keys("*")).hasSize(4).allMatch(key -> key.startsWith("siprec:"));
        store().remove(id(snapshot), 1);

        assertThat(redis.keys("*")).containsExactly("siprec:nodes");
    }

    @Test
    void allOfASessionExpires() throws SessionStoreException {
        SessionSnapshot snapshot = SessionSnapshots.of("a", "call");
        store().save(snapshot, 0);
        store().claim(id(snapshot), "b", 1);

        redis.del("siprec:nodes");
        assertThat(redis.keys("*")).isNotEmpty().allMatch(key -> redis.pttl(key) > 0);
    }

    @Test
    void aNodeThatIsLongGoneIsForgotten() throws SessionStoreException {
        store().heartbeat("old", Duration.ofSeconds(10));
        advance(RETENTION.plusSeconds(11));
        store().heartbeat("new", Duration.ofSeconds(10));

        assertThat(store().knownNodes()).containsExactly("new");
    }

    @Test
    void aSetThatNamesASessionTooManyIsPutRightByTheHeartbeat() throws SessionStoreException {
        SessionSnapshot snapshot = SessionSnapshots.of("a", "call");
        store().save(snapshot, 0);
        redis.sadd("siprec:node:{a}", SessionId.create(1).value(), "no id");

        assertThat(store().listByNode("a")).containsExactly(new StoredSession(snapshot, 1));
        store().heartbeat("a", Duration.ofSeconds(10));
        assertThat(redis.smembers("siprec:node:{a}"))
                .containsExactlyInAnyOrder(id(snapshot).value(), "no id");
    }

    @Test
    void scriptsThatRedisHasForgottenAreSentAnew() throws SessionStoreException {
        SessionSnapshot snapshot = SessionSnapshots.of("a", "call");
        store().save(snapshot, 0);
        redis.scriptFlush();

        assertThat(store().save(snapshot, 1)).isEqualTo(2);
    }

    @Test
    void whatRedisHasEvictedIsGoneAndCanBeSavedAnew() throws SessionStoreException {
        SessionSnapshot snapshot = SessionSnapshots.of("a", "call");
        store().save(snapshot, 0);
        redis.del(key(snapshot));

        assertThat(store().listByNode("a")).isEmpty();
        assertThat(stale(() -> store().save(snapshot, 1)).gone()).isTrue();
        assertThat(store().save(snapshot, 0)).isEqualTo(1);
        assertThat(store().listByNode("a")).hasSize(1);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        # field | value          | why
        j       | garbage        | no JSON
        j       | {"format":1}   | a JSON without a session
        j       | {"format":9,"readableBy":9} | a newer version's
        v       | seven          | a version that is none
        v       | -7             | a version that can't be
        """)
    void aSessionThatIsGarbageIsSaidToBeAndHidesNoOther(String field, String value, String why) throws Exception {
        SessionSnapshot good = SessionSnapshots.of("a", "call");
        SessionSnapshot bad = SessionSnapshots.of("a", "call");
        store().save(good, 0);
        store().save(bad, 0);
        redis.hset(key(bad), field, value);

        unreadable(() -> store().find(id(bad)));
        unreadable(() -> store().claim(id(bad), "b", 1));
        assertThat(store().listByNode("a")).as(why).containsExactly(new StoredSession(good, 1));
        assertThat(store().findByCallId("call")).containsExactly(new StoredSession(good, 1));
        assertThat(redis.hget(key(bad), field)).isEqualTo(value);
    }

    @Test
    void aKeyOfAnotherTypeInASessionsPlaceIsSaidToBe() throws Exception {
        SessionSnapshot good = SessionSnapshots.of("a", "call");
        SessionSnapshot bad = SessionSnapshots.of("a", "call");
        store().save(good, 0);
        store().save(bad, 0);
        redis.set(key(bad), "a string");

        unreadable(() -> store().find(id(bad)));
        unreadable(() -> store().save(bad, 1));
        unreadable(() -> store().claim(id(bad), "b", 1));
        unreadable(() -> store().remove(id(bad), 1));
        assertThat(store().listByNode("a")).containsExactly(new StoredSession(good, 1));
        assertThat(redis.get(key(bad))).isEqualTo("a string");
    }

    @Test
    void anotherTypeUnderOurOtherKeysIsExplained() {
        redis.set("siprec:nodes", "x");
        redis.set("siprec:node:{a}", "x");

        failing(() -> store().heartbeat("b", Duration.ofSeconds(1)), "something else under a key of ours");
        failing(() -> store().liveNodes(), "something else under a key of ours");
        failing(() -> store().listByNode("a"), "something else under a key of ours");
        failing(() -> store().save(SessionSnapshots.of("a", "call"), 0), "something else under a key of ours");
        assertUsable(store());
    }

    @Test
    void whenRedisIsOutOfMemoryItSaysSoAndReadsGoOn() throws SessionStoreException {
        SessionSnapshot snapshot = SessionSnapshots.of("a", "call");
        store().save(snapshot, 0);
        redis.configSet("maxmemory", "1");
        try {
            failing(() -> store().save(snapshot, 1), "is out of memory: raise its maxmemory");
            assertThat(store().health().available()).isFalse();
            assertThat(store().health().detail()).contains("127.0.0.1:" + server.port());
            assertThat(store().find(id(snapshot))).contains(new StoredSession(snapshot, 1));
        } finally {
            redis.configSet("maxmemory", "0");
        }
        assertThat(store().save(snapshot, 1)).isEqualTo(2);
        assertUsable(store());
    }

    @Test
    void aRedisThatWasRestartedIsFoundAgain() throws Exception {
        SessionSnapshot snapshot = SessionSnapshots.of("a", "call");
        store().save(snapshot, 0);
        server.kill();
        try {
            everyMethodFails(snapshot, "can't be reached");
        } finally {
            server.start();
            redis = client.connect().sync();
        }

        assertUsable(store());
        assertThat(store().save(snapshot, 0)).as("it kept nothing on disk").isEqualTo(1);
    }

    @Test
    void aRedisThatDoesNotAnswerIsWaitedForNoLongerThanTheTimeout() throws Exception {
        SessionSnapshot snapshot = SessionSnapshots.of("a", "call");
        store().save(snapshot, 0);
        SessionStore impatient = builder().timeout(Duration.ofMillis(500)).build();
        try (impatient) {
            assertUsable(impatient); // connected
            server.suspend();
            failing(() -> impatient.save(snapshot, 1), "does not answer in time");
            failing(() -> impatient.save(snapshot, 1), "");
            long startNs = System.nanoTime();
            assertThat(store().health().available()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofSeconds(5));
        } finally {
            server.resume();
        }

        StoredSession stored = store().find(id(snapshot)).orElseThrow();
        assertThat(stored.version()).as("whether it was saved can't be told").isBetween(1L, 2L);
        SessionSnapshot next = SessionSnapshots.in(snapshot, SessionState.FINISHING);
        assertThat(store().save(next, stored.version())).isEqualTo(stored.version() + 1);
    }

    @Test
    void aClosedStoreSaysSo() {
        SessionStore closed = open();
        closed.close();
        closed.close();

        failing(() -> closed.find(SessionId.create(1)), "closed");
        assertThat(closed.health().available()).isFalse();
    }

    private void everyMethodFails(SessionSnapshot snapshot, String reason) {
        failing(() -> store().save(snapshot, 1), reason);
        failing(() -> store().find(id(snapshot)), reason);
        failing(() -> store().findByCallId("call"), reason);
        failing(() -> store().listByNode("a"), reason);
        failing(() -> store().claim(id(snapshot), "b", 1), reason);
        failing(() -> store().remove(id(snapshot), 1), reason);
        failing(() -> store().heartbeat("a", Duration.ofSeconds(1)), reason);
        failing(() -> store().liveNodes(), reason);
        failing(() -> store().knownNodes(), reason);
        assertThat(store().health().available()).isFalse();
        assertThat(store().health().detail()).contains("127.0.0.1:" + server.port());
    }

    private static String key(SessionSnapshot snapshot) {
        return "siprec:session:{" + id(snapshot) + '}';
    }

    private static void failing(ThrowingCallable call, String reason) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(SessionStoreException.class)
                .hasMessageContaining(reason);
    }

    private static void unreadable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(UnreadableSessionException.class);
    }
}
