package io.siprec.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.MessageSource;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What four loops have to do with each other: hand-off, connections that one has and others use, limits, the end. */
@Timeout(60)
class SeveralLoopsTest {
    private static final int LOOPS = 4;
    private static final int CALLS = 32; // all on one loop: once in 2^62 runs
    private static final SipBody SDP = new SipBody("application/sdp", "v=0\r\n".getBytes(UTF_8));
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

    private final AtomicLong nowNs = new AtomicLong();
    private final List<SipEndpoint> endpoints = new ArrayList<>();
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private final Map<String, SipDialog> dialogs = new ConcurrentHashMap<>();
    private final Map<String, Set<Thread>> threads = new ConcurrentHashMap<>();

    /** Something that the application heard about a call. */
    private record Seen(String what, String callId, SipLoop loop) {}

    /** Answers every INVITE unless told not to, and notes on which thread it hears of a call. */
    private class Recorder implements SipApplication, DialogListener {
        @Override
        public void onInvite(ServerInvite invite) {
            note("invite", invite.request().callId(), invite.loop());
            dialogs.put(invite.request().callId(), invite.accept(List.of(), SDP, of(invite)));
        }

        /** A listener that knows its call. */
        DialogListener of(ServerInvite invite) {
            String callId = invite.request().callId();
            return new DialogListener() {
                @Override
                public void onAck(SipRequest ack) {
                    note("ack", callId, invite.loop());
                }

                @Override
                public void onRequest(ServerRequest request) {
                    note(request.request().cseq().toString(), callId, invite.loop());
                    request.respond(200, "OK", List.of(), Optional.empty());
                }

                @Override
                public void onEnded(DialogEnd end) {
                    note(end.cause().toString(), callId, invite.loop());
                }
            };
        }

        @Override
        public void onEnded(DialogEnd end) {}
    }

    private void note(String what, String callId, SipLoop loop) {
        threads.computeIfAbsent(callId, key -> ConcurrentHashMap.newKeySet()).add(Thread.currentThread());
        seen.add(new Seen(what, callId, loop));
    }

    private Seen next() throws InterruptedException {
        Seen next = seen.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("something more happens").isNotNull();
        return next;
    }

    private void expectAll(String what, Collection<String> callIds) throws InterruptedException {
        Set<String> missing = new HashSet<>(callIds);
        while (!missing.isEmpty()) {
            Seen next = next();
            assertThat(next.what()).isEqualTo(what);
            assertThat(missing.remove(next.callId())).as("once for each call").isTrue();
        }
    }

    private SipEndpoint start(SipEndpoint.Builder builder) throws SipBindException {
        return start(builder, nowNs::get);
    }

    private SipEndpoint start(SipEndpoint.Builder builder, LongSupplier clock) throws SipBindException {
        SipEndpoint endpoint = builder.loops(LOOPS).clock(clock).build();
        endpoints.add(endpoint);
        endpoint.start();
        return endpoint;
    }

    private static SipEndpoint.Builder builder(SipApplication application) {
        return SipEndpoint.builder(application).listen(Transport.UDP, ANY).listen(Transport.TCP, ANY);
    }

    private SipEndpoint recorder() throws SipBindException {
        return start(builder(new Recorder()));
    }

    private static List<String> callIds(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            ids.add("call-" + i);
        }
        return ids;
    }

    /** Establishes calls one after another; our tags by Call-ID. */
    private static Map<String, String> establish(RawPeer peer, List<String> callIds) throws Exception {
        Map<String, String> tags = new HashMap<>();
        for (String callId : callIds) {
            peer.send(peer.request("INVITE", callId, 1, "i" + callId, ""));
        }
        while (tags.size() < callIds.size()) {
            SipResponse ok = peer.receiveFinal();
            assertThat(ok.status()).isEqualTo(200);
            tags.put(ok.callId(), ok.to().tag().orElseThrow());
        }
        for (String callId : callIds) {
            peer.send(peer.request("ACK", callId, 1, "a" + callId, tags.get(callId)));
        }
        return tags;
    }

    private void assertSeveralLoops(Collection<SipLoop> loops) {
        assertThat(new HashSet<>(loops)).as("loops that own a call").hasSizeGreaterThan(1);
    }

    private static void assertNoFaults(SipEndpoint endpoint) {
        assertThat(endpoint.statistics().loopErrors()).isZero();
        assertThat(endpoint.statistics().dropped().values()).as("drops").containsOnly(0L);
    }

    @AfterEach
    void closeAll() {
        endpoints.forEach(SipEndpoint::close);
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP"})
    void callsByOneWayLandOnSeveralLoopsAndEachStaysOnItsOwn(Transport transport) throws Exception {
        SipEndpoint server = recorder();
        List<String> ids = callIds(CALLS);
        try (RawPeer peer = new RawPeer(transport, server)) {
            Map<String, String> tags = establish(peer, ids);
            Loops.await(server, () -> seen.size() == 2 * CALLS);
            assertSeveralLoops(seen.stream().map(Seen::loop).toList());
            assertThat(server.statistics().value(SipStatistics.Kind.COUNTER, "handed-over"))
                    .as("whatever loop reads, most calls belong to others")
                    .isPositive();
            seen.clear();
            for (String callId : ids) {
                peer.send(peer.request("BYE", callId, 2, "b" + callId, tags.get(callId)));
            }
            for (int i = 0; i < CALLS; i++) {
                SipResponse ok = peer.receiveFinal();
                assertThat(ok.status()).isEqualTo(200);
                assertThat(ok.cseq().method()).isEqualTo("BYE");
            }
            expectAll("REMOTE_BYE", ids);
        }
        assertThat(threads.values()).as("each call is heard of on one thread").allMatch(set -> set.size() == 1);
        assertNoFaults(server);
    }

    @Test
    void whatBelongsToACallReachesItByAnyWay() throws Exception {
        BlockingQueue<ServerInvite> waiting = new LinkedBlockingQueue<>();
        SipEndpoint server = start(builder(waiting::add));
        List<RawPeer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) { // as many ports: the system spreads them over the loops
                peers.add(new RawPeer(Transport.UDP, server));
            }
            RawPeer first = peers.get(0);
            SipRequest invite = first.request("INVITE", "one", 1, "one", "");
            for (RawPeer peer : peers) {
                peer.send(invite);
                assertThat(((SipResponse) first.receive()).status()).isEqualTo(100);
            }
            RawPeer last = peers.get(peers.size() - 1);
            SipRequest cancel = first.request("CANCEL", "one", 1, "one", "");
            last.send(cancel);
            assertThat(last.receiveFinal().status()).isEqualTo(200);
            assertThat(first.receiveFinal().status()).isEqualTo(487);
            for (RawPeer peer : peers.subList(0, peers.size() - 1)) {
                peer.send(cancel);
                assertThat(last.receiveFinal().status())
                        .as("the same answer again")
                        .isEqualTo(200);
            }
            last.send(first.request("ACK", "one", 1, "one", ""));
            Loops.await(server, () -> server.statistics().messagesReceived() == 2L * peers.size() + 1);
            assertThat(waiting).as("the application sees one INVITE").hasSize(1);
            assertThat(waiting.element().pending()).isFalse();
            assertThat(server.statistics().retransmissionsReceived()).isEqualTo(2L * peers.size() - 2);
            assertThat(server.statistics().value(SipStatistics.Kind.GAUGE, "waiting-invites"))
                    .isZero();
            assertNoFaults(server);
        } finally {
            for (RawPeer peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void theLossOfAConnectionReachesTheRequestsOfAllLoops() throws Exception {
        SipEndpoint server = recorder();
        List<String> ids = callIds(CALLS);
        try (RawPeer peer = new RawPeer(Transport.TCP, server)) {
            establish(peer, ids);
            Loops.await(server, () -> seen.size() == 2 * CALLS);
            seen.clear();
            for (String callId : ids) {
                SipDialog dialog = dialogs.get(callId);
                dialog.loop()
                        .execute(() -> dialog.request(
                                "INFO",
                                List.of(),
                                Optional.empty(),
                                last -> note("answered: " + last.isPresent(), callId, dialog.loop())));
            }
            for (int i = 0; i < CALLS; i++) {
                assertThat(((SipRequest) peer.receive()).method()).isEqualTo("INFO");
            }
            assertThat(server.statistics().clientTransactions()).isEqualTo(CALLS);
        }
        expectAll("answered: false", ids); // at once: the clock stands still, so no timer can have done it
        assertSeveralLoops(dialogs.values().stream().map(SipDialog::loop).toList());
        assertThat(threads.values()).allMatch(set -> set.size() == 1);
        assertThat(server.statistics().clientTransactions()).isZero();
        assertThat(server.statistics().connections()).isZero();
    }

    @Test
    void aConnectionThatCallsOfOtherLoopsUseIsNotIdle() throws Exception {
        SipEndpoint server = start(builder(new Recorder())
                .limits(SipLimits.builder()
                        .idleConnectionTime(Duration.ofMinutes(10))
                        .build()));
        List<String> ids = callIds(CALLS);
        try (RawPeer peer = new RawPeer(Transport.TCP, server)) {
            Map<String, String> tags = establish(peer, ids);
            Loops.await(server, () -> seen.size() == 2 * CALLS);
            for (int i = 0; i < 3; i++) {
                nowNs.addAndGet(Duration.ofMinutes(11).toNanos());
                turn(server);
            }
            assertThat(server.statistics().connections()).isEqualTo(1);
            for (String callId : ids) {
                peer.send(peer.request("BYE", callId, 2, "b" + callId, tags.get(callId)));
                assertThat(peer.receiveFinal().status()).isEqualTo(200);
            }
            Loops.await(server, () -> server.statistics().dialogs() == 0);
            turn(server); // the connection's own loop hears that nobody needs it any more
            nowNs.addAndGet(Duration.ofMinutes(11).toNanos());
            turn(server);
            nowNs.addAndGet(Duration.ofMinutes(11).toNanos());
            turn(server);
            assertThat(peer.ended()).isTrue();
        }
        assertThat(server.statistics().dropped()).containsEntry("idle-connection", 1L);
    }

    /** Lets each loop run all timers that are due, and those that they set for now: one set last runs last. */
    private static void turn(SipEndpoint endpoint) throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            CountDownLatch turned = new CountDownLatch(LOOPS);
            endpoint.loops().forEach(loop -> loop.execute(() -> loop.schedule(Duration.ZERO, turned::countDown)));
            assertThat(turned.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theMessagesOfACallStayInOrder() throws Exception {
        SipEndpoint server = recorder();
        int rounds = 50;
        List<String> ids = callIds(CALLS);
        try (RawPeer peer = new RawPeer(Transport.TCP, server)) {
            Map<String, String> tags = establish(peer, ids);
            Loops.await(server, () -> seen.size() == 2 * CALLS);
            seen.clear();
            for (int cseq = 2; cseq < 2 + rounds; cseq++) {
                for (String callId : ids) {
                    peer.send(peer.request("INFO", callId, cseq, "n" + cseq + callId, tags.get(callId)));
                }
            }
            Map<String, Long> answered = new HashMap<>();
            for (int i = 0; i < rounds * CALLS; i++) {
                SipResponse answer = peer.receiveFinal();
                assertThat(answer.status()).as("500 would mean out of order").isEqualTo(200);
                long before = answered.getOrDefault(answer.callId(), 1L);
                assertThat(answer.cseq().number()).isEqualTo(before + 1);
                answered.put(answer.callId(), before + 1);
            }
        }
        Map<String, List<String>> heard = seen.stream()
                .filter(entry -> entry.what().endsWith("INFO"))
                .collect(Collectors.groupingBy(Seen::callId, Collectors.mapping(Seen::what, Collectors.toList())));
        List<String> expected = new ArrayList<>();
        for (int cseq = 2; cseq < 2 + rounds; cseq++) {
            expected.add(cseq + " INFO");
        }
        assertThat(heard).hasSize(CALLS);
        assertThat(heard.values()).allMatch(expected::equals);
    }

    @Test
    void limitsHoldForAllLoopsTogether() throws Exception {
        SipEndpoint server = start(builder(new Recorder())
                .limits(SipLimits.builder().maxDialogs(5).maxConnections(2).build()));
        try (RawPeer peer = new RawPeer(Transport.TCP, server)) {
            Map<Integer, Integer> answers = new HashMap<>();
            for (String callId : callIds(CALLS)) {
                peer.send(peer.request("INVITE", callId, 1, "i" + callId, ""));
                answers.merge(peer.receiveFinal().status(), 1, Integer::sum);
            }
            assertThat(answers).isEqualTo(Map.of(200, 5, 503, CALLS - 5));
            try (RawPeer second = new RawPeer(Transport.TCP, server)) {
                second.send(second.request("OPTIONS", "o", 1, "o", ""));
                assertThat(second.receiveFinal().status())
                        .as("what an INVITE would get")
                        .isEqualTo(503);
                for (int i = 0; i < 8; i++) { // whatever loop takes it
                    try (RawPeer third = new RawPeer(Transport.TCP, server)) {
                        assertThat(third.ended()).isTrue();
                    }
                }
            }
        }
        assertThat(server.statistics().dropped())
                .containsEntry("dialog-limit", CALLS - 5L)
                .containsEntry("connection-limit", 8L);
    }

    @Test
    void aLoopThatTakesNoMoreMessagesIsSaidOverConnections() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        SipApplication blocking = new Recorder() {
            @Override
            public OptionsAnswer onOptions(SipRequest request, MessageSource source) {
                if (request.requestUri().contains("block")) {
                    blocked.countDown();
                    try {
                        released.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return OptionsAnswer.ok();
            }
        };
        SipEndpoint server = start(
                builder(blocking).limits(SipLimits.builder().maxQueuedTasks(1).build()),
                System::nanoTime); // a response that found the queue of its connection's loop full is handed over later
        List<RawPeer> peers = new ArrayList<>();
        try (RawPeer blocker = new RawPeer(Transport.UDP, server)) {
            for (int i = 0; i < 16; i++) { // all on the loop that is blocked: once in 2^32 runs
                RawPeer peer = new RawPeer(Transport.TCP, server);
                peers.add(peer);
                peer.send(peer.request("OPTIONS", "before-" + i, 1, "x" + i, ""));
                assertThat(peer.receiveFinal().status()).isEqualTo(200);
            }
            blocker.send(SipRequest.builder("OPTIONS", "sip:block@127.0.0.1")
                    .headers(blocker.request("OPTIONS", "busy", 1, "busy", "").headers())
                    .build());
            assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();
            for (RawPeer peer : peers) {
                for (int cseq = 2; cseq < 5; cseq++) { // the same Call-ID: the same loop
                    peer.send(peer.request("INFO", "busy", cseq, "q" + cseq + "-" + peers.indexOf(peer), "none"));
                }
            }
            while (server.statistics().dropped().get("hand-over") < 2) {
                Thread.onSpinWait();
            }
            released.countDown();
            int refused = 0;
            for (RawPeer peer : peers) {
                for (int i = 0; i < 3; i++) {
                    SipResponse answer = peer.receiveFinal();
                    assertThat(answer.status()).isIn(481, 503);
                    refused += answer.status() == 503 ? 1 : 0;
                    assertThat(answer.header("Retry-After").isPresent()).isEqualTo(answer.status() == 503);
                }
            }
            assertThat(refused).isGreaterThanOrEqualTo(2);
            assertThat(server.statistics().dropped()).containsEntry("hand-over", (long) refused);
        } finally {
            released.countDown();
            for (RawPeer peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void anEndpointMayBeClosedOnOneOfItsLoops() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        SipEndpoint[] server = new SipEndpoint[1];
        server[0] = start(builder(invite -> {
            server[0].close();
            closed.countDown();
        }));
        try (RawPeer peer = new RawPeer(Transport.UDP, server[0])) {
            peer.send(peer.request("INVITE", "one", 1, "one", ""));
            assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(server[0].loops()).noneMatch(loop -> loop.execute(() -> {}));
    }

    @Test
    void hundredsOfCallsOverEachTransportLeaveNothingBehind() throws Exception {
        int calls = 300;
        SipEndpoint server = recorder();
        SipEndpoint client = start(builder(new Recorder()));
        Set<SipLoop> used = ConcurrentHashMap.newKeySet();
        CountDownLatch over = new CountDownLatch(2 * calls);
        BlockingQueue<String> troubles = new LinkedBlockingQueue<>();
        for (int i = 0; i < calls; i++) {
            for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
                used.add(client.invite(invite(server, transport), new Caller(over, troubles))
                        .loop());
            }
        }
        while (!over.await(10, TimeUnit.MILLISECONDS)) { // a datagram that the system dropped comes again
            nowNs.addAndGet(Duration.ofMillis(20).toNanos());
            turn(client);
            turn(server);
        }
        assertThat(troubles).isEmpty();
        assertThat(used).hasSize(LOOPS);
        for (int i = 0; i < 4; i++) { // each transaction ends by its timer, the last ones of all after 64*T1
            nowNs.addAndGet(Duration.ofSeconds(40).toNanos());
            turn(client);
            turn(server);
        }
        for (SipEndpoint endpoint : endpoints) {
            SipStatistics now = endpoint.statistics();
            assertThat(now.loopErrors()).isZero();
            assertThat(now.serverTransactions()).as("server transactions").isZero();
            assertThat(now.clientTransactions()).as("client transactions").isZero();
            assertThat(now.dialogs()).as("dialogs").isZero();
            assertThat(now.value(SipStatistics.Kind.GAUGE, "waiting-invites")).isZero();
            Loops.await(endpoint, () -> onlyIdleTimers(endpoint.statistics()));
        }
        assertThat(client.statistics().connections())
                .as("one from each loop to the same destination, at most")
                .isBetween(1L, (long) LOOPS);
    }

    /** Each connection has one. */
    private static boolean onlyIdleTimers(SipStatistics now) {
        return now.timers() == now.connections();
    }

    private static ClientInvite invite(SipEndpoint server, Transport transport) {
        InetSocketAddress to = server.listeningPoints().stream()
                .filter(point -> point.transport() == transport)
                .findFirst()
                .orElseThrow()
                .address();
        return new ClientInvite(
                "sip:srs@127.0.0.1", "<sip:src@127.0.0.1>", "<sip:srs@127.0.0.1>", transport, to, List.of(), SDP);
    }

    /** Hangs up as soon as the call is there, and checks that all is told on the call's loop. */
    private static final class Caller implements ClientCallListener, DialogListener {
        private final CountDownLatch over;
        private final Collection<String> troubles;
        private Thread thread;

        private Caller(CountDownLatch over, Collection<String> troubles) {
            this.over = over;
            this.troubles = troubles;
        }

        @Override
        public void onAccepted(SipResponse response, SipDialog dialog) {
            thread = Thread.currentThread();
            dialog.loop().execute(() -> {
                check();
                dialog.bye(List.of());
            });
        }

        private void check() {
            if (Thread.currentThread() != thread) {
                troubles.add("told on another loop");
            }
        }

        @Override
        public void onRejected(SipResponse response) {
            fail("rejected " + response.status());
        }

        @Override
        public void onFailed(String reason) {
            fail("failed " + reason);
        }

        private void fail(String trouble) {
            troubles.add(trouble);
            over.countDown();
        }

        @Override
        public DialogListener dialogListener() {
            return this;
        }

        @Override
        public void onEnded(DialogEnd end) {
            check();
            if (end.cause() != DialogEnd.Cause.LOCAL_BYE) {
                troubles.add("ended by " + end.cause());
            }
            over.countDown();
        }
    }
}
