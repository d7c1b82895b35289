package io.siprec.rtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.G711;
import io.siprec.rtp.RtpPacketWriter;
import io.siprec.rtp.SourceRule;
import io.siprec.rtp.StreamStatistics;
import io.siprec.rtp.TimeOrigin;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A receiver and its timeline with a file in memory and a clock moved by hand: one sweep per call of {@link #sweep}. */
final class ReceiverRig {
    static final List<AudioFormat> FORMATS = List.of(
            new AudioFormat(0, "PCMU", 8_000),
            new AudioFormat(8, "pcma", 8_000),
            new AudioFormat(18, "G729", 8_000),
            new AudioFormat(13, "CN", 8_000),
            new AudioFormat(101, "telephone-event", 8_000));
    static final InetSocketAddress SIGNALLED = new InetSocketAddress("192.0.2.1", 4_000);
    static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 4_000);
    static final InetSocketAddress STRANGER = new InetSocketAddress("192.0.2.3", 4_000);
    static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    static final int FRAME = 160;
    static final long FRAME_NANOS = 20_000_000L;

    final TimeOrigin origin;
    final StreamCounters counters = new StreamCounters();
    final Timeline timeline;
    final StreamReceiver receiver;
    private short[] file = new short[0];
    int blocks;
    int fileRateHz;
    int blocksRefused;
    int silencesRefused;
    long nowNanos = 5_000_000_000L;
    private long sinceNanos = nowNanos;

    ReceiverRig(TimeOrigin origin, Optional<InetSocketAddress> signalled) {
        this(origin, signalled, SourceRule.PREFER_SIGNALLED);
    }

    ReceiverRig(TimeOrigin origin, Optional<InetSocketAddress> signalled, SourceRule sources) {
        this.origin = origin;
        Clock wall = Clock.fixed(NOW, ZoneOffset.UTC);
        timeline = new Timeline(new InMemory(), new SampleClock(origin, wall), counters);
        short[] pcm = new short[Timeline.MAX_PACKET_SAMPLES];
        receiver = new StreamReceiver(counters, timeline, pcm, FORMATS, signalled, sources, true, null);
    }

    static ReceiverRig signalled() {
        return new ReceiverRig(new TimeOrigin(), Optional.of(SIGNALLED));
    }

    private final class InMemory implements BlockSink {
        @Override
        public void begin(AudioFormat first, int rateHz) {
            assertThat(blocks).as("blocks before the beginning").isZero();
            assertThat(fileRateHz).as("told once").isZero();
            fileRateHz = rateHz;
        }

        @Override
        public boolean write(long firstSample, short[] samples, int offset, int length) {
            return put(firstSample, samples, offset, length);
        }

        @Override
        public boolean silence(long firstSample, long samples, boolean last) {
            if (!last && silencesRefused > 0) {
                silencesRefused--;
                return false;
            }
            int end = (int) Math.min(file.length, firstSample + samples);
            for (int i = (int) firstSample; i < end; i++) {
                file[i] = 0;
            }
            return true;
        }
    }

    private boolean put(long firstSample, short[] samples, int offset, int length) {
        if (blocksRefused > 0) {
            blocksRefused--;
            return false;
        }
        blocks++;
        int end = Math.toIntExact(firstSample + length);
        if (end > file.length) {
            file = Arrays.copyOf(file, end);
        }
        for (int i = 0; i < length; i++) {
            file[(int) firstSample + i] = samples[(offset + i) % samples.length];
        }
        return true;
    }

    /** What is in the file now. */
    short[] file() {
        return file.clone();
    }

    /** The file after the end of the stream. */
    short[] finished() {
        receiver.finish(nowNanos);
        return file();
    }

    StreamStatistics statistics() {
        receiver.endSweep(nowNanos);
        return counters.snapshot(0, new WallTime(() -> nowNanos, Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    void sweep(long forwardNanos) {
        receiver.endSweep(nowNanos);
        sinceNanos = nowNanos;
        nowNanos += forwardNanos;
    }

    void packet(InetSocketAddress source, long ssrc, int sequence, long timestamp, short[] pcm) {
        packet(source, ssrc, 0, sequence, timestamp, ulaw(pcm));
    }

    void packet(InetSocketAddress source, long ssrc, int type, int sequence, long timestamp, byte[] payload) {
        ByteBuffer datagram = new RtpPacketWriter()
                .payloadType(type)
                .sequence(sequence)
                .timestamp(timestamp)
                .ssrc(ssrc)
                .packet(payload);
        datagram(source, datagram);
    }

    void datagram(InetSocketAddress source, ByteBuffer datagram) {
        receiver.onDatagram(datagram, source, nowNanos, sinceNanos);
    }

    static byte[] ulaw(short[] pcm) {
        byte[] codes = new byte[pcm.length];
        G711.encodeUlaw(pcm, 0, pcm.length, codes, 0);
        return codes;
    }

    /** Frames that mu-law keeps exactly, each different from its neighbours and without a zero. */
    static short[] frame(int index) {
        short[] pcm = new short[FRAME];
        for (int i = 0; i < FRAME; i++) {
            int code = (index * 31 + i * 7) % 127; // never 127, which is 0
            pcm[i] = G711.decodeUlaw((byte) code);
        }
        return pcm;
    }

    static short[] frames(int from, int count) {
        short[] pcm = new short[count * FRAME];
        for (int i = 0; i < count; i++) {
            System.arraycopy(frame(from + i), 0, pcm, i * FRAME, FRAME);
        }
        return pcm;
    }

    static short[] silence(int samples) {
        return new short[samples];
    }

    static short[] join(short[]... parts) {
        short[] all = new short[0];
        for (short[] part : parts) {
            int at = all.length;
            all = Arrays.copyOf(all, at + part.length);
            System.arraycopy(part, 0, all, at, part.length);
        }
        return all;
    }
}
