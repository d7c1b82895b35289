package io.siprec.benchmarks.srtp;

import io.siprec.rtp.RtpPacketWriter;
import io.siprec.rtp.srtp.SrtpKeys;
import io.siprec.rtp.srtp.SrtpOutcome;
import io.siprec.rtp.srtp.SrtpReceiver;
import io.siprec.rtp.srtp.SrtpScratch;
import io.siprec.rtp.srtp.SrtpSender;
import io.siprec.rtp.srtp.SrtpSuite;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What SRTP adds to the recording of a packet of 20 ms of G.711: authenticate and decrypt it in the buffer that it was received
 * into.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SrtpBenchmark {
    private static final int PACKETS = 4_096;
    private static final int SAMPLES = 160;
    private static final int SLOT_BYTES = 256;

    @Param
    SrtpSuite suite;

    private final SrtpScratch scratch = new SrtpScratch();
    private final ByteBuffer forged = ByteBuffer.allocateDirect(12 + SAMPLES + 16);
    private SrtpKeys keys;
    private SrtpReceiver receiver;

    @Setup
    public void prepare() {
        keys = SrtpKeys.generate(suite, new SecureRandom());
        receiver = new SrtpReceiver(List.of(keys), scratch);
        forged.put(0, (byte) 0x80);
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void unprotect(Streams streams) {
        streams.unprotect();
    }

    /** What a stranger costs whose packets get that far. */
    @Benchmark
    public SrtpOutcome refuse() {
        return receiver.unprotect(forged);
    }

    /** At the set-up of a stream. */
    @Benchmark
    public SrtpReceiver create() {
        return new SrtpReceiver(List.of(keys), scratch);
    }

    /**
     * Each packet is opened once, as the replay window wants it; those of an invocation are protected before its time starts, but
     * what that allocates is counted too.
     */
    @State(Scope.Benchmark)
    public static class Streams {
        @Param({"1", "2000"})
        int streams;

        private final SrtpScratch scratch = new SrtpScratch();
        private final byte[] payload = new byte[SAMPLES];
        private final ByteBuffer[] packets = new ByteBuffer[PACKETS];
        private SrtpSender[] senders;
        private SrtpReceiver[] receivers;
        private int sequence;

        @Setup
        public void prepare(SrtpBenchmark settings) {
            senders = new SrtpSender[streams];
            receivers = new SrtpReceiver[streams];
            for (int i = 0; i < streams; i++) {
                SrtpKeys keys = SrtpKeys.generate(settings.suite, new SecureRandom());
                senders[i] = new SrtpSender(keys, scratch);
                receivers[i] = new SrtpReceiver(List.of(keys), scratch);
            }
            ByteBuffer slab = ByteBuffer.allocateDirect(PACKETS * SLOT_BYTES);
            for (int i = 0; i < PACKETS; i++) {
                packets[i] = slab.slice(i * SLOT_BYTES, SLOT_BYTES);
            }
        }

        @Setup(Level.Invocation)
        public void send() {
            RtpPacketWriter writer = new RtpPacketWriter().ssrc(7);
            for (int i = 0; i < PACKETS; i++) {
                if (i % streams == 0) {
                    writer.sequence(sequence++);
                }
                writer.write(packets[i].clear(), payload, 0, SAMPLES);
                senders[i % streams].protect(packets[i].flip());
            }
        }

        void unprotect() {
            for (int i = 0; i < PACKETS; i++) {
                if (receivers[i % streams].unprotect(packets[i]) != SrtpOutcome.ACCEPTED) {
                    throw new IllegalStateException("every packet must be accepted");
                }
            }
        }
    }
}
