package io.siprec.sip.internal.dialog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.sip.DialogEnd;
import io.siprec.sip.DialogListener;
import io.siprec.sip.OptionsAnswer;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.ServerRequest;
import io.siprec.sip.SipApplication;
import io.siprec.sip.SipLoop;
import io.siprec.sip.SipStatistics;
import io.siprec.sip.Timer;
import io.siprec.sip.guard.SipGuard;
import io.siprec.sip.guard.Unavailable;
import io.siprec.sip.internal.guard.GuardState;
import io.siprec.sip.internal.guard.LoopGuard;
import io.siprec.sip.internal.guard.Overload;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.loop.TimerQueue;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipParser;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.MessageSource;
import io.siprec.sip.transport.SipLimits;
import io.siprec.sip.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A user agent on a clock moved by hand, with a network that only remembers. */
final class Bench implements SipApplication, DialogListener {
    final FakeNetwork network = new FakeNetwork();
    final Counters counters = new Counters();
    final List<ServerInvite> invites = new ArrayList<>();
    final List<ServerInvite> reinvites = new ArrayList<>();
    final List<ServerRequest> requests = new ArrayList<>();
    final List<SipRequest> acks = new ArrayList<>();
    final List<DialogEnd> ends = new ArrayList<>();
    final FakeNetwork.FakePeer udp = network.from(Transport.UDP, 5062);
    final FakeNetwork.FakePeer tcp = network.from(Transport.TCP, 40_000);
    final FakeNetwork.FakePeer tls = network.from(Transport.TLS, 50_000);
    final UserAgent agent;
    private final TimerQueue timers;
    private final SipParser parser;
    private final SipLoop loop = new SipLoop() {
        @Override
        public boolean execute(Runnable task) {
            task.run();
            return true;
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return timers.schedule(delay, task);
        }
    };
    OptionsAnswer options = OptionsAnswer.ok();
    Optional<SipBody> description = Optional.empty();
    boolean failing;
    boolean refuseAll;
    int queuedTasks;
    boolean late;
    Optional<Unavailable> unavailable = Optional.empty();
    private long nowNs;

    Bench() {
        this(SipLimits.withDefaults());
    }

    Bench(SipLimits limits) {
        this(limits, settings -> settings);
    }

    /** A user agent with some settings changed. */
    Bench(UnaryOperator<SipSettings.Builder> changes) {
        this(SipLimits.withDefaults(), changes);
    }

    Bench(SipLimits limits, UnaryOperator<SipSettings.Builder> changes) {
        this(limits, changes, SipGuard.open());
    }

    Bench(SipLimits limits, UnaryOperator<SipSettings.Builder> changes, SipGuard guard) {
        timers = new TimerQueue(() -> nowNs, e -> {
            throw new AssertionError(e);
        });
        parser = new SipParser(limits);
        SipSettings settings = changes.apply(SipSettings.builder())
                .limits(limits)
                .productName("bench/1")
                .supportedOptions(Set.of("siprec", "Timer", "100rel"))
                .acceptedTypes(List.of("application/sdp", "multipart/mixed"))
                .contactParameters("+sip.srs")
                .build();
        agent = new UserAgent(
                this,
                settings,
                timers,
                loop,
                network,
                new IdSource(),
                counters,
                new LoopGuard(new GuardState(guard, () -> nowNs), counters),
                new Overload(limits, () -> queuedTasks, () -> late, () -> unavailable));
    }

    @Override
    public void onInvite(ServerInvite invite) {
        if (failing) {
            throw new IllegalStateException("the application fails on purpose");
        }
        invites.add(invite);
    }

    @Override
    public OptionsAnswer onOptions(SipRequest request, MessageSource source) {
        return options;
    }

    @Override
    public void onAck(SipRequest ack) {
        acks.add(ack);
    }

    @Override
    public void onReinvite(ServerInvite invite) {
        reinvites.add(invite);
    }

    @Override
    public void onRequest(ServerRequest request) {
        requests.add(request);
        if (refuseAll) {
            request.refuseMethod();
        }
    }

    @Override
    public Optional<SipBody> sessionDescription() {
        return description;
    }

    @Override
    public void onEnded(DialogEnd end) {
        ends.add(end);
    }

    /** Delivers a message as the sockets do. */
    void receive(String text, Peer peer) {
        receive(text.replace("\n", "\r\n").getBytes(UTF_8), peer);
    }

    void receive(byte[] bytes, Peer peer) {
        SipMessage message;
        try {
            message = parser.parse(bytes);
        } catch (SipParseException e) {
            agent.onMalformed(e, peer);
            return;
        }
        agent.onMessage(message, peer);
    }

    /** Moves the clock to each timer on the way, so that each runs at its time. */
    void advance(Duration time) {
        long target = nowNs + time.toNanos();
        while (nowNs < target) {
            nowNs = Math.min(target, nowNs + 10_000_000);
            timers.expire();
        }
        timers.expire();
    }

    long nowMs() {
        return nowNs / 1_000_000;
    }

    /** The next message that was sent. */
    SipMessage sent() {
        assertThat(network.sent).as("something was sent").isNotEmpty();
        try {
            return parser.parse(network.sent.remove().bytes());
        } catch (SipParseException e) {
            throw new AssertionError("we sent what we can't read: " + e.getMessage(), e);
        }
    }

    SipResponse sentResponse() {
        return (SipResponse) sent();
    }

    SipRequest sentRequest() {
        return (SipRequest) sent();
    }

    FakeNetwork.FakePeer nextPeer() {
        return network.sent.element().peer();
    }

    void nothingSent() {
        assertThat(network.sent).isEmpty();
    }

    SipStatistics statistics() {
        agent.publishGauges();
        return counters.statistics();
    }

    int timerCount() {
        return timers.size();
    }

    /** After the last call and 64*T1 nothing may be left. */
    void assertEmptyTables() {
        advance(Duration.ofSeconds(70));
        SipStatistics now = statistics();
        assertThat(now.values())
                .filteredOn(value -> value.kind() == SipStatistics.Kind.GAUGE && value.value() != 0)
                .as("tables and queues")
                .allMatch(value -> value.name().equals("retransmission-peers")); // remembered on purpose
        assertThat(timers.size()).as("timers").isZero();
        assertThat(network.users() + udp.users + tcp.users + tls.users)
                .as("users of connections")
                .isZero();
        assertThat(now.loopErrors()).as("faults").isZero();
    }
}
