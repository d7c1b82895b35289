package io.siprec.benchmarks.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siprec.sip.SipLoop;
import io.siprec.sip.Timer;
import io.siprec.sip.guard.CidrBlock;
import io.siprec.sip.guard.SipGuard;
import io.siprec.sip.guard.Unavailable;
import io.siprec.sip.internal.dialog.IdSource;
import io.siprec.sip.internal.dialog.SipSettings;
import io.siprec.sip.internal.dialog.UserAgent;
import io.siprec.sip.internal.guard.GuardState;
import io.siprec.sip.internal.guard.LoopGuard;
import io.siprec.sip.internal.guard.Overload;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.loop.TimerQueue;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipParser;
import io.siprec.sip.transport.SipLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One message that is refused, from the bytes of the datagram to those of the answer, without the calls of the kernel. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RefusalBenchmark {
    private static final int BLOCKS = 1_000;
    private static final byte[] INVITE = ("INVITE sip:100@192.0.2.1 SIP/2.0\r\n"
                    + "Via: SIP/2.0/UDP 198.51.100.9:5071;branch=z9hG4bK-1234567890;rport\r\nMax-Forwards: 70\r\n"
                    + "From: \"scan\" <sip:scan@1.1.1.1>;tag=6332386336\r\nTo: \"scan\" <sip:scan@1.1.1.1>\r\n"
                    + "Call-ID: 887206184098237498237497\r\nCSeq: 1 INVITE\r\nContact: <sip:scan@198.51.100.9:5071>\r\n"
                    + "User-Agent: friendly-scanner\r\nContent-Length: 0\r\n\r\n")
            .getBytes(UTF_8);

    private final ByteBuffer datagram = ByteBuffer.wrap(INVITE);
    private final SipParser parser = new SipParser(SipLimits.withDefaults());
    private final Counters counters = new Counters();
    private InetAddress listed;
    private InetAddress unlisted;
    private LoopGuard lists;
    private LoopGuard rates;
    private Stranger stranger;
    private UserAgent forbidding;
    private UserAgent draining;

    @Setup
    public void prepare() throws IOException {
        List<CidrBlock> blocks = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            blocks.add(CidrBlock.parse("10." + i / 250 + "." + i % 250 + ".0/25"));
        }
        SipGuard.Builder allow = SipGuard.builder().allow(blocks);
        listed = InetAddress.getByName("10.2.100.7");
        unlisted = InetAddress.getByName("198.51.100.9");
        lists = guard(allow.build());
        rates = guard(SipGuard.builder().messagesPerSource(SipGuard.MAX_RATE).build());
        stranger = new Stranger(new InetSocketAddress(unlisted, 5071));
        forbidding =
                agent(guard(allow.unknownSource(SipGuard.UnknownSource.FORBID).build()), Optional.empty());
        draining = agent(guard(SipGuard.open()), Optional.of(new Unavailable("Shutting Down", Duration.ofSeconds(30))));
    }

    private LoopGuard guard(SipGuard guard) {
        return new LoopGuard(new GuardState(guard, System::nanoTime), counters);
    }

    private UserAgent agent(LoopGuard guard, Optional<Unavailable> reason) {
        TimerQueue timers = new TimerQueue(System::nanoTime, e -> {
            throw new IllegalStateException(e);
        });
        SipLoop loop = new SipLoop() {
            @Override
            public boolean execute(Runnable task) {
                return false;
            }

            @Override
            public Timer schedule(Duration delay, Runnable task) {
                return timers.schedule(delay, task);
            }
        };
        SipLimits limits = SipLimits.withDefaults();
        return new UserAgent(
                invite -> {
                    throw new IllegalStateException("let in");
                },
                SipSettings.builder().productName("siprec").build(),
                timers,
                loop,
                (transport, remote) -> stranger,
                new IdSource(),
                counters,
                guard,
                new Overload(limits, () -> 0, () -> false, () -> reason));
    }

    /** Dropped unread: the address is in none of a thousand blocks. */
    @Benchmark
    public boolean listRefuses() {
        return lists.admitsDatagram(unlisted, datagram);
    }

    /** Let in by the same list. */
    @Benchmark
    public boolean listAdmits() {
        return lists.admitsDatagram(listed, datagram);
    }

    /** Within or over a rate of a million a second: both take the same steps. */
    @Benchmark
    public boolean rateOfASource() {
        return rates.admitsDatagram(listed, datagram);
    }

    /** Parsed and answered 403. */
    @Benchmark
    public byte[] forbidden() throws SipParseException {
        forbidding.onMessage(parser.parse(INVITE.clone()), stranger);
        return stranger.answer;
    }

    /** Parsed and answered 503, as under overload. */
    @Benchmark
    public byte[] unavailable() throws SipParseException {
        draining.onMessage(parser.parse(INVITE.clone()), stranger);
        return stranger.answer;
    }
}
