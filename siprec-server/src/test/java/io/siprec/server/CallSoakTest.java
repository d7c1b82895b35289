package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.siprec.sip.SipTimers;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** A thousand recordings with every ending, over real sockets: no port, table entry or open file is left. */
@WithOneAndFourLoops
@Timeout(120)
class CallSoakTest {
    private static final int ROUNDS = 42;
    private static final int WARM_UP_ROUNDS = 8; // so that the heap has what it needs for good
    private static final int AT_ONCE = 20;
    private static final long MAX_GROWTH_BYTES = 4 * 1_048_576;
    private static final int PORT_PAIRS = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** 64*T1 is 1.3 s. */
    private static final SipTimers QUICK =
            new SipTimers(Duration.ofMillis(20), Duration.ofMillis(160), Duration.ofMillis(200));

    @Parameter
    int loops;

    @TempDir
    Path recordings;

    /** How a recording ends, and what its manifest says of that. */
    enum Ending {
        BYE("src-bye"),
        BYE_WITHOUT_ACK("src-bye"),
        BYE_IN_REINVITE("src-bye"),
        LATE_CANCEL("src-bye"),
        NO_ACK("no-ack"),
        GONE("no-ack"),
        BYE_BY_US("operator"),
        BYE_BY_US_REFUSED("operator"),
        BYE_BY_US_UNANSWERED("operator"),
        REFUSED("");

        private final String cause;

        Ending(String cause) {
            this.cause = cause;
        }
    }

    @Test
    void C099_C140_C191_nothingIsLeftOfAThousandRecordings() throws Exception {
        int rtp = FreePorts.udpRange(2 * PORT_PAIRS);
        try (TestServer server = TestServer.start(
                recordings,
                loops,
                builder -> builder.rtpPorts(rtp, rtp + 2 * PORT_PAIRS - 1).sip(sip -> sip.timers(QUICK)))) {
            int free = server.server().statistics().freeRtpPortPairs();
            soak(server, WARM_UP_ROUNDS);
            awaitEmpty(server);
            long before = Heap.bytes();
            soak(server, ROUNDS);
            awaitEmpty(server);

            assertThat(Heap.bytes() - before).as("growth of the heap").isLessThan(MAX_GROWTH_BYTES);
            assertThat(server.server().statistics().sip().loopErrors()).isZero();
            await(server, "ports have rested", now -> now.freeRtpPortPairs() == free);
            assertThat(causes()).isEqualTo(expectedCauses(ROUNDS + WARM_UP_ROUNDS));
        }
    }

    /** Each round plays each ending over each transport; some rounds wait for timers while others go on. */
    private static void soak(TestServer server, int rounds) throws Exception {
        ExecutorService srcs = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                all.add(srcs.submit(() -> round(server)));
            }
            for (Future<?> one : all) {
                one.get(100, TimeUnit.SECONDS);
            }
        } finally {
            srcs.shutdownNow();
        }
    }

    private static Void round(TestServer server) throws IOException, InterruptedException {
        for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
            for (Ending ending : Ending.values()) {
                try (RawSipClient client = server.client(transport)) {
                    new RawCall(client, server).play(ending);
                }
            }
        }
        server.forgetEvents();
        return null;
    }

    private static void awaitEmpty(TestServer server) throws InterruptedException {
        await(
                server,
                "nothing is left",
                now -> now.sessions() == 0
                        && now.sip().dialogs() == 0
                        && now.sip().serverTransactions() == 0
                        && now.sip().clientTransactions() == 0
                        && now.sip().connections() == 0
                        && now.sip().timers() == 0
                        && now.streams() == 0);
    }

    private static void await(TestServer server, String what, Predicate<ServerStatistics> reached)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!reached.test(server.server().statistics()) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20); // the server's own timers must run out
        }
        ServerStatistics now = server.server().statistics();
        assertThat(reached.test(now)).as("%s: %s", what, now).isTrue();
    }

    private Map<String, Integer> causes() throws IOException {
        Map<String, Integer> causes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(recordings)) {
            for (Path file : files.filter(f -> f.endsWith("manifest.json")).toList()) {
                causes.merge(JSON.readTree(file.toFile()).path("endCause").asText(), 1, Integer::sum);
            }
        }
        return causes;
    }

    private static Map<String, Integer> expectedCauses(int rounds) {
        Map<String, Integer> causes = new TreeMap<>();
        for (Ending ending : Ending.values()) {
            if (!ending.cause.isEmpty()) {
                causes.merge(ending.cause, 2 * rounds, Integer::sum);
            }
        }
        return causes;
    }
}
