package io.siprec.benchmarks.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.siprec.rtp.G711;
import io.siprec.rtp.codec.AudioCodecs;
import io.siprec.rtp.codec.G722Encoder;
import io.siprec.rtp.spi.AudioDecoder;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A packet of 20 ms to PCM. The packets of a second come around again and again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecodeBenchmark {
    private static final int PACKETS = 50;

    @Param({"PCMU/8000/1", "L16/16000/1", "G722/8000/1", "opus/48000/2"})
    String rtpmap;

    private final ByteBuffer[] payloads = new ByteBuffer[PACKETS];
    private final short[] pcm = new short[5_760];
    private AudioDecoder decoder;
    private int next;

    @Setup
    public void prepare() throws OpusException {
        String[] parts = rtpmap.split("/");
        decoder = AudioCodecs.find(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))
                .orElseThrow()
                .newDecoder();
        Encoder encoder = encoder(parts[0]);
        for (int i = 0; i < PACKETS; i++) {
            byte[] payload = encoder.encode(i);
            payloads[i] = ByteBuffer.allocateDirect(payload.length).put(payload).flip();
        }
    }

    private static Encoder encoder(String encoding) throws OpusException {
        switch (encoding) {
            case "PCMU" -> {
                return packet -> {
                    byte[] codes = new byte[160];
                    G711.encodeUlaw(audio(packet, 160, 8_000), 0, 160, codes, 0);
                    return codes;
                };
            }
            case "L16" -> {
                return packet -> {
                    ByteBuffer samples = ByteBuffer.allocate(640);
                    samples.asShortBuffer().put(audio(packet, 320, 16_000));
                    return samples.array();
                };
            }
            case "G722" -> {
                G722Encoder g722 = new G722Encoder();
                return packet -> {
                    byte[] octets = new byte[160];
                    g722.encode(audio(packet, 320, 16_000), 0, 320, octets, 0);
                    return octets;
                };
            }
            default -> {
                OpusEncoder opus = new OpusEncoder(48_000, 1, OpusApplication.OPUS_APPLICATION_VOIP);
                opus.setBitrate(24_000);
                return packet -> {
                    byte[] octets = new byte[1_275];
                    int length = opus.encode(audio(packet, 960, 48_000), 0, 960, octets, 0, octets.length);
                    return ByteBuffer.allocate(length).put(octets, 0, length).array();
                };
            }
        }
    }

    /** Harmonics of a voice with some breath. */
    private static short[] audio(int packet, int samples, int rateHz) {
        Random random = new Random(packet);
        short[] audio = new short[samples];
        for (int i = 0; i < samples; i++) {
            double t = (packet * samples + i) / (double) rateHz;
            double sum = 300 * random.nextGaussian();
            for (int harmonic = 1; harmonic < 20; harmonic++) {
                sum += 4_000.0 / harmonic * Math.sin(2 * Math.PI * 140 * harmonic * t);
            }
            audio[i] = (short) sum;
        }
        return audio;
    }

    @Benchmark
    public int decode() {
        next = (next + 1) % PACKETS;
        ByteBuffer payload = payloads[next];
        int samples = decoder.decode(payload.rewind(), pcm);
        if (samples <= 0) {
            throw new IllegalStateException("every packet must be decoded");
        }
        return samples;
    }

    private interface Encoder {
        byte[] encode(int packet) throws OpusException;
    }
}
