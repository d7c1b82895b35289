package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.SipStatistics;
import io.siprec.sip.SipTimers;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.TlsSettings;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hundred thousand messages with mistakes in them: a defined end for each, and nobody else notices. */
@Timeout(300)
class StormTest {
    /** Another storm: {@code -Dsiprec.storm.seed=1}. */
    private static final long SEED = Long.getLong("siprec.storm.seed", 4475);

    private static final String HOST = "127.44.76.1";
    private static final int MAX_SESSIONS = 40;
    private static final int BURST = 100;
    private static final long MAX_GROWTH_BYTES = 4 * 1_048_576;
    /** 64*T1 is 1.3 s: the sessions that mutated INVITEs make end soon, for want of an ACK. */
    private static final SipTimers QUICK =
            new SipTimers(Duration.ofMillis(20), Duration.ofMillis(160), Duration.ofMillis(200));

    private final ExecutorService senders = Executors.newFixedThreadPool(3);

    @TempDir
    Path recordings;

    @TempDir
    Path keys;

    @AfterEach
    void stop() {
        senders.shutdownNow();
    }

    @ParameterizedTest(name = "{0} loops: {1} over UDP, {2} over TCP, {3} over TLS")
    @CsvSource({"1, 60000, 20000, 20000", "4, 10000, 3000, 3000"})
    void C136_mutatedMessagesHarmNobody(int loops, int udp, int tcp, int tls) throws Exception {
        try (TestServer server = start(loops)) {
            storm(server, SEED + 1, udp / 10, tcp / 10, tls / 10, 0); // so that the heap has what it needs for good
            server.forgetEvents();
            long before = Heap.bytes();
            stormBesideCalls(server, udp, tcp, tls);
            server.forgetEvents();

            assertThat(Heap.bytes() - before).as("growth of the heap").isLessThan(MAX_GROWTH_BYTES);
            assertThat(server.server().statistics().sip().loopErrors()).isZero();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("the storm of -Dsiprec.storm.seed=" + SEED, e);
        }
    }

    private void stormBesideCalls(TestServer server, int udp, int tcp, int tls) throws Exception {
        try (CallsBeside calls = new CallsBeside(server)) {
            storm(server, SEED, udp, tcp, tls, 2);
            calls.assertWhole();
        }
        awaitEmpty(server, 0);
    }

    private TestServer start(int loops) throws Exception {
        TlsSettings tls = TestTls.server(keys);
        SipLimits limits = SipLimits.builder()
                .slowSenderTime(Duration.ofSeconds(2))
                .maxLoopDelay(Duration.ofSeconds(20))
                .build();
        return TestServer.start(
                recordings,
                loops,
                builder -> builder.maxSessions(MAX_SESSIONS)
                        .listen(Transport.TLS, "127.0.0.1", 0)
                        .sip(sip -> sip.tls(tls).timers(QUICK).limits(limits)));
    }

    /** All three transports at once; afterwards only the calls beside are left. */
    private void storm(TestServer server, long seed, int udp, int tcp, int tls, int callsBeside) throws Exception {
        SipStatistics before = server.server().statistics().sip();
        List<Future<Integer>> parts = List.of(
                senders.submit(() -> datagrams(server, seed, udp)),
                senders.submit(() -> streams(server, Transport.TCP, seed + 2, tcp)),
                senders.submit(() -> streams(server, Transport.TLS, seed + 3, tls)));
        int sent = 0;
        for (Future<Integer> part : parts) {
            sent += part.get(200, TimeUnit.SECONDS);
        }
        assertThat(sent).isEqualTo(udp + tcp + tls);
        SipStatistics after = server.server().statistics().sip();
        assertThat(seen(after) - seen(before))
                .as("datagrams that the server saw")
                .isGreaterThanOrEqualTo(udp);
        awaitEmpty(server, callsBeside);
    }

    private static long seen(SipStatistics statistics) {
        return statistics.messagesReceived()
                + statistics.parseErrors()
                + statistics.dropped().get("keep-alive");
    }

    /** In bursts that the socket holds; a ping behind each tells that the server has read it. */
    private static int datagrams(TestServer server, long seed, int count) throws IOException {
        MutatedMessages messages = new MutatedMessages(seed, SampleMessages.all());
        InetSocketAddress local = new InetSocketAddress(HOST, 0);
        try (RawSipClient client = new RawSipClient(Transport.UDP, server.address(Transport.UDP), local)) {
            StormDialog dialog = new StormDialog(client, HOST);
            for (int i = 0; i < count; i++) {
                if (i % BURST == 0) {
                    dialog.renew(i);
                }
                boolean inDialog = i % 8 == 0 && dialog.established();
                client.send(
                        inDialog
                                ? messages.mutated(dialog.request(i))
                                : messages.next(i, "UDP", HOST, client.localPort()));
            }
            dialog.end(count);
        }
        return count;
    }

    /** Some messages a connection, then its end from our side; the server must end it too. */
    private static int streams(TestServer server, Transport transport, long seed, int count) throws IOException {
        MutatedMessages messages = new MutatedMessages(seed, SampleMessages.all());
        for (int i = 0; i < count; ) {
            try (RawSipClient client =
                    new RawSipClient(transport, server.address(transport), new InetSocketAddress(HOST, 0))) {
                for (int inOne = i % 7 == 0 ? 1 : 10; inOne > 0 && i < count; inOne--, i++) {
                    client.send(messages.next(i, transport.name(), HOST, client.localPort()));
                }
                client.endOfInput();
            } catch (SocketException | SSLException e) {
                continue; // reset, as a connection is on which nobody knows where the next message starts
            }
        }
        return count;
    }

    /** Waits until what mutated messages have begun is over; {@code calls} of ours go on, with their connection. */
    private static void awaitEmpty(TestServer server, int calls) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!empty(server, calls) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20); // the loop's own timers must run out
        }
        assertThat(empty(server, calls)).as("%s", server.server().statistics()).isTrue();
    }

    private static boolean empty(TestServer server, int calls) {
        ServerStatistics now = server.server().statistics();
        return now.sessions() == calls
                && now.sip().dialogs() == calls
                && now.sip().serverTransactions() == 0
                && now.sip().clientTransactions() == 0
                && now.sip().connections() <= (calls + 1) / 2
                && now.streams() == 2 * calls;
    }
}
