package io.siprec.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.siprec.core.snapshot.SessionSnapshot;
import io.siprec.core.spi.SessionStore;
import io.siprec.core.spi.SessionStoreException;
import io.siprec.testkit.SessionSnapshots;
import io.siprec.testkit.SessionStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a Cluster of three masters. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTest extends SessionStoreContract {
    private final RedisTime time = new RedisTime();
    private final List<RedisProcess> servers = new ArrayList<>();
    private RedisClusterClient client;
    private RedisAdvancedClusterCommands<String, String> redis;

    @BeforeAll
    void startServers(@TempDir Path work) throws Exception {
        Path executable = RedisPrograms.debian();
        for (int i = 0; i < 3; i++) {
            servers.add(RedisProcess.start(executable, work, "--cluster-enabled", "yes"));
        }
        join(work);
        client = RedisClusterClient.create(
                RedisURI.create("127.0.0.1", servers.get(0).port()));
        awaitCluster();
        redis = client.connect().sync();
    }

    private void join(Path work) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("redis-cli", "--cluster", "create"));
        servers.forEach(server -> command.add("127.0.0.1:" + server.port()));
        command.add("--cluster-yes");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("create.txt").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
                .as("the Cluster is made")
                .isTrue();
    }

    private void awaitCluster() throws InterruptedException {
        for (int i = 0; i < 400; i++) {
            client.refreshPartitions();
            boolean whole = client.getPartitions().stream()
                            .mapToInt(node -> node.getSlots().size())
                            .sum()
                    == SlotHash.SLOT_COUNT;
            if (whole && client.getPartitions().stream().allMatch(this::isOk)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50); // other processes: there is nothing to be notified by
        }
        throw new AssertionError("the Cluster does not come up");
    }

    private boolean isOk(RedisClusterNode node) {
        return client.connect()
                .sync()
                .getConnection(node.getNodeId())
                .clusterInfo()
                .contains("cluster_state:ok");
    }

    @AfterAll
    void stopServers() {
        if (client != null) {
            client.shutdown();
        }
        servers.forEach(RedisProcess::close);
    }

    @BeforeEach
    void empty() {
        redis.flushall();
    }

    @Override
    protected SessionStore open() {
        return RedisSessionStore.builder("127.0.0.1", servers.get(1).port())
                .address("127.0.0.1", servers.get(2).port())
                .mode(RedisMode.CLUSTER)
                .timeout(Duration.ofSeconds(5))
                .sessionTtl(RETENTION)
                .clock(time.clock())
                .build();
    }

    @Override
    protected void advance(Duration duration) {
        time.advance(redis, duration);
    }

    @Test
    void sessionsAreSpreadOverTheMasters() throws Exception {
        Set<Integer> slots = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            SessionSnapshot snapshot = SessionSnapshots.of("a", "call-" + i);
            store().save(snapshot, 0);
            slots.add(SlotHash.getSlot("siprec:session:{" + id(snapshot) + '}') / (SlotHash.SLOT_COUNT / 3 + 1));
        }
        assertThat(slots).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(store().listByNode("a")).hasSize(50);
    }

    @Test
    void aMasterThatWasAwayIsFoundAgain() throws Exception {
        SessionSnapshot onIt = SessionSnapshots.of("a", "call");
        int slot = SlotHash.getSlot("siprec:session:{" + id(onIt) + '}');
        int port = client.getPartitions().getPartitionBySlot(slot).getUri().getPort();
        RedisProcess server =
                servers.stream().filter(one -> one.port() == port).findFirst().orElseThrow();
        store().save(onIt, 0);
        server.kill();
        try {
            assertThatThrownBy(() -> store().save(onIt, 1)).isExactlyInstanceOf(SessionStoreException.class);
        } finally {
            server.start();
        }
        awaitCluster();
        redis = client.connect().sync();

        assertUsable(store());
        assertThat(store().save(onIt, 0)).as("it kept nothing on disk").isEqualTo(1);
    }
}
