package io.siprec.sip.internal.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.SipApplication;
import io.siprec.sip.guard.SipGuard;
import io.siprec.sip.internal.dialog.SipSettings;
import io.siprec.sip.internal.guard.GuardState;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.transport.NetworkShare;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopGroupTest {
    private static final SipApplication NO_CALLS = invite -> {};

    private final AtomicLong nowNs = new AtomicLong();
    private LoopGroup group;

    private LoopGroup group(int loops, int maxQueuedTasks) throws IOException {
        SipSettings settings = SipSettings.builder()
                .limits(SipLimits.builder().maxQueuedTasks(maxQueuedTasks).build())
                .build();
        GuardState guard = new GuardState(SipGuard.builder().build(), nowNs::get);
        NetworkShare share =
                new NetworkShare(settings.limits(), Optional.empty(), Runnable::run, guard, Optional.empty());
        group = new LoopGroup(loops, NO_CALLS, settings, nowNs::get, share);
        return group;
    }

    @AfterEach
    void close() {
        if (group != null) {
            group.close();
        }
    }

    private void checkSpread(IntFunction<String> callIds) throws IOException {
        LoopGroup four = group(4, 1);
        Map<Member, Integer> owned = new HashMap<>();
        for (int i = 0; i < 4_000; i++) {
            String callId = callIds.apply(i);
            Member owner = four.owner(callId);
            assertThat(four.owner(new String(callId))).as("the same one always").isSameAs(owner);
            owned.merge(owner, 1, Integer::sum);
        }
        assertThat(owned).hasSize(4);
        assertThat(owned.values()).allMatch(count -> count > 800 && count < 1_200);
    }

    @Test
    void callIdsThatCountUpwardsAreSpreadOverAllLoops() throws Exception {
        checkSpread(i -> "call-" + i + "@192.0.2.1");
    }

    @Test
    void callIdsThatCountInFoursAreSpreadOverAllLoops() throws Exception {
        checkSpread(i -> Integer.toHexString(0x4000_0000 + 16 * i));
    }

    @Test
    void withOneLoopNothingIsAskedOfTheCallId() throws Exception {
        assertThat(group(1, 1).owner(null)).isNotNull();
    }

    @Test
    void whatMustNotGetLostWaitsUntilTheQueueHasRoom() throws Exception {
        Pair pair = pairWithAFullQueue();
        CountDownLatch done = new CountDownLatch(1);
        run(pair.from, () -> pair.full.handOver(done::countDown, pair.from));
        tryAgain(pair.from); // in vain: still full
        assertThat(done.getCount()).isEqualTo(1);
        pair.released.countDown();
        while (!done.await(1, TimeUnit.MILLISECONDS)) {
            tryAgain(pair.from);
        }
    }

    @Test
    void whatIsSentOverALentConnectionWaitsInOrderUntilTheHomeHasRoom() throws Exception {
        Pair pair = pairWithAFullQueue();
        List<String> done = new CopyOnWriteArrayList<>();
        LentConnection connection = new LentConnection(new NotedPeer(done), pair.full, pair.from);
        List<String> asked = new ArrayList<>();
        run(pair.from, () -> {
            connection.retain();
            asked.add("retain");
            for (int i = 0; i < 255; i++) {
                connection.send(new byte[] {(byte) i});
                asked.add("send " + (byte) i);
            }
            connection.send(new byte[] {1}); // too many
            connection.send(new byte[] {2});
            connection.release();
            asked.add("release");
        });
        assertThat(pair.from.counters().value(Counters.Name.DROPPED_HAND_OVER)).isEqualTo(2);
        tryAgain(pair.from);
        assertThat(done).isEmpty();
        pair.released.countDown();
        while (done.size() < asked.size()) {
            tryAgain(pair.from);
        }
        assertThat(done).isEqualTo(asked);
    }

    /** Two loops; the one has a task that lasts and no more room in its queue. */
    private Pair pairWithAFullQueue() throws Exception {
        LoopGroup two = group(2, 1);
        Member from = two.owner("0");
        Member to = from;
        for (int i = 1; to == from; i++) {
            to = two.owner(Integer.toString(i));
        }
        Member full = to;
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        two.start();
        assertThat(full.loop().execute(() -> hold(busy, released))).isTrue();
        assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(full.loop().execute(() -> {}))
                .as("the one place in the queue")
                .isTrue();
        return new Pair(from, full, released);
    }

    private record Pair(Member from, Member full, CountDownLatch released) {}

    /** Notes what is asked of a connection. */
    private record NotedPeer(List<String> done) implements Peer {
        @Override
        public Transport transport() {
            return Transport.TCP;
        }

        @Override
        public InetSocketAddress remote() {
            return new InetSocketAddress("127.0.0.2", 5060);
        }

        @Override
        public InetSocketAddress local() {
            return new InetSocketAddress("127.0.0.1", 5060);
        }

        @Override
        public String advertisedHost() {
            return "127.0.0.1";
        }

        @Override
        public int advertisedPort() {
            return 5060;
        }

        @Override
        public boolean open() {
            return true;
        }

        @Override
        public void send(byte[] message) {
            done.add("send " + message[0]);
        }

        @Override
        public Peer towards(InetSocketAddress address) {
            return this;
        }

        @Override
        public void retain() {
            done.add("retain");
        }

        @Override
        public void release() {
            done.add("release");
        }
    }

    private void tryAgain(Member from) throws InterruptedException {
        nowNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(10));
        turn(from);
    }

    private static void hold(CountDownLatch busy, CountDownLatch released) {
        busy.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the timers that are due: one set last runs last. */
    private static void turn(Member member) throws InterruptedException {
        CountDownLatch turned = new CountDownLatch(1);
        run(member, () -> member.loop().schedule(Duration.ZERO, turned::countDown));
        assertThat(turned.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static void run(Member member, Runnable task) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        assertThat(member.loop().execute(() -> {
                    task.run();
                    ran.countDown();
                }))
                .isTrue();
        assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
