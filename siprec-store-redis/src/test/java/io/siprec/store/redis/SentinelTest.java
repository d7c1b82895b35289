package io.siprec.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.sentinel.api.sync.RedisSentinelCommands;
import io.siprec.core.session.SessionState;
import io.siprec.core.snapshot.SessionSnapshot;
import io.siprec.core.spi.SessionStoreException;
import io.siprec.core.spi.StoredSession;
import io.siprec.testkit.SessionSnapshots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master, a replica and a Sentinel: what is saved outlives the master. */
class SentinelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path work;

    private RedisProcess master;
    private RedisProcess replica;
    private RedisProcess sentinel;
    private RedisSessionStore store;

    @BeforeEach
    void start() throws Exception {
        Path executable = RedisPrograms.debian();
        master = RedisProcess.start(executable, work);
        replica = RedisProcess.start(
                executable, work, "--replicaof", "127.0.0.1 " + master.port(), "--repl-diskless-sync-delay", "0");
        Path settings = Files.writeString(
                work.resolve("sentinel.conf"),
                "sentinel monitor calls 127.0.0.1 " + master.port() + " 1\nsentinel down-after-milliseconds calls 500\n"
                        + "sentinel failover-timeout calls 5000\n");
        sentinel = RedisProcess.start(executable, work, settings.toString(), "--sentinel");
        store = RedisSessionStore.builder("127.0.0.1", RedisProcess.freePort()) // one of the Sentinels is away
                .address("127.0.0.1", sentinel.port())
                .mode(RedisMode.SENTINEL)
                .sentinelMaster("calls")
                .timeout(Duration.ofSeconds(1))
                .build();
        awaitReplica();
    }

    @AfterEach
    void stop() {
        for (AutoCloseable one : new AutoCloseable[] {store, sentinel, replica, master}) {
            closeQuietly(one);
        }
    }

    private static void closeQuietly(AutoCloseable one) {
        try {
            if (one != null) {
                one.close();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void afterTheMastersDeathTheStoreGoesOnWithTheReplica() throws Exception {
        SessionSnapshot snapshot = savedOnBoth();

        master.kill();

        assertThat(goesOnWith(snapshot)).isEqualTo(2);
        assertThat(store.listByNode("a"))
                .containsExactly(new StoredSession(SessionSnapshots.in(snapshot, SessionState.FINISHING), 2));
    }

    /** A master that hangs keeps its connections: only a time-out tells. */
    @Test
    void aMasterThatHangsIsLeftToo() throws Exception {
        SessionSnapshot snapshot = savedOnBoth();

        master.suspend();
        try {
            assertThat(goesOnWith(snapshot)).isEqualTo(2);
        } finally {
            master.resume();
        }
        await("the old master is a replica now", () -> {
            store.save(SessionSnapshots.of("b", "call"), 0);
            return true;
        });
    }

    private SessionSnapshot savedOnBoth() throws Exception {
        SessionSnapshot snapshot = SessionSnapshots.of("a", "call");
        await("the store is connected", () -> store.health().available());
        store.save(snapshot, 0);
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", replica.port()));
        try (client) {
            var there = client.connect().sync();
            String key = "siprec:session:{" + snapshot.session().id() + '}';
            await("the replica has it", () -> there.exists(key) == 1);
        }
        return snapshot;
    }

    /** As the server does it: again and again until it succeeds, with pauses. */
    private long goesOnWith(SessionSnapshot snapshot) throws Exception {
        SessionSnapshot next = SessionSnapshots.in(snapshot, SessionState.FINISHING);
        long[] version = {0};
        await("a save succeeds", () -> {
            version[0] = store.save(next, 1);
            return true;
        });
        await("the store says that it can be used", () -> store.health().available());
        return version[0];
    }

    /** Sentinel fails over to replicas that it has seen only. */
    private void awaitReplica() throws Exception {
        RedisClient client = RedisClient.create();
        try (client) {
            RedisSentinelCommands<String, String> asked = client.connectSentinel(
                            RedisURI.create("127.0.0.1", sentinel.port()))
                    .sync();
            await("the Sentinel knows the replica", () -> {
                String seen = asked.master("calls").get("num-slaves");
                return Integer.parseInt(seen) > 0
                        && asked.replicas("calls")
                                .get(0)
                                .get("master-link-status")
                                .equals("ok");
            });
        }
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (System.nanoTime() < endNs) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (SessionStoreException e) {
                last = e.getMessage();
            }
            TimeUnit.MILLISECONDS.sleep(50); // other processes: there is nothing to be notified by
        }
        throw new AssertionError("waited in vain until " + what + "; " + last);
    }
}
