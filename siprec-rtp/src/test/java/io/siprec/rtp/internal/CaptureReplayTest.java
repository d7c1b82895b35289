package io.siprec.rtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.CaptureReport;
import io.siprec.rtp.CaptureScope;
import io.siprec.rtp.CaptureSettings;
import io.siprec.rtp.RecordingFormat;
import io.siprec.rtp.RtpPacketWriter;
import io.siprec.rtp.SourceRule;
import io.siprec.rtp.StreamSettings;
import io.siprec.rtp.TimeOrigin;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whatever the network, the SRC and the application did: the audio made from the capture is the audio that was recorded. */
@Timeout(60)
class CaptureReplayTest {
    private static final List<AudioFormat> FORMATS = List.of(
            new AudioFormat(0, "PCMU", 8_000),
            new AudioFormat(8, "PCMA", 8_000),
            new AudioFormat(9, "G722", 8_000),
            new AudioFormat(13, "CN", 8_000),
            new AudioFormat(18, "G729", 8_000),
            new AudioFormat(96, "L16", 16_000),
            new AudioFormat(97, "x-repeating", 8_000), // recovers lost packets, and fails on short ones
            new AudioFormat(101, "telephone-event", 8_000));
    private static final InetSocketAddress LOCAL = new InetSocketAddress("192.0.2.9", 10_000);
    private static final int EVENTS = 5_000;

    @TempDir
    private Path directory;

    private final RateLimitedLog log = new RateLimitedLog(LoggerFactory.getLogger("io.siprec.rtp"), System::nanoTime);
    private final Clock wall = Clock.fixed(ReceiverRig.NOW, ZoneOffset.UTC);
    private WriterPool pool;
    private CaptureWriters captures;
    private CaptureFile capture;
    private long nowNanos = 7_000_000_000L;

    @BeforeEach
    void start() {
        pool = new WriterPool(1, 4_096, Optional.empty(), Storage.fileSystem(), log);
        pool.start();
        captures = new CaptureWriters(4_096, Optional.empty(), Storage.fileSystem(), () -> nowNanos, wall, log);
        capture = captures.open(
                new CaptureSettings(directory.resolve("call.pcapng"), CaptureScope.ALL, false, bytes -> bytes));
    }

    @AfterEach
    void stop() throws InterruptedException {
        pool.stop();
        captures.stop();
    }

    /** One stream as a media loop drives it, and its sender. */
    private final class Sender {
        private final Random random;
        private final RecordingFile file;
        private final Timeline timeline;
        private final StreamReceiver receiver;
        private final StreamCapture captured;
        private final StreamCounters counters = new StreamCounters();
        private final InetSocketAddress source;
        private final List<ByteBuffer> delayed = new ArrayList<>();
        private long ssrc = 5;
        private int sequence = 65_000;
        private long timestamp = 0xffff_0000L;
        private int type;
        private long sinceNanos = nowNanos;
        private int failed;

        Sender(int number, RecordingFormat format, TimeOrigin origin, Random random) {
            this.random = random;
            this.source = new InetSocketAddress("192.0.2.1", 4_000 + number);
            Path path = directory.resolve("stream-" + number + ".wav");
            StreamSettings settings =
                    StreamSettings.builder(path).formats(FORMATS).format(format).build();
            file = pool.open(path, format);
            timeline = new Timeline(file, new SampleClock(origin, wall), counters);
            short[] pcm = new short[Timeline.MAX_PACKET_SAMPLES];
            receiver = new StreamReceiver(
                    counters, timeline, pcm, FORMATS, Optional.empty(), SourceRule.PREFER_SIGNALLED, true, null);
            captured = new StreamCapture(capture, number, LOCAL, settings, receiver);
            receiver.capture(captured);
        }

        private void frame(boolean toSend) {
            sequence++;
            timestamp += type == 96 ? 320 : 160;
            if (!toSend) {
                return;
            }
            byte[] payload = new byte[payloadBytes()];
            random.nextBytes(payload);
            ByteBuffer packet = new RtpPacketWriter()
                    .payloadType(type)
                    .sequence(sequence)
                    .timestamp(timestamp)
                    .ssrc(ssrc)
                    .packet(payload);
            if (random.nextInt(20) == 0) {
                delayed.add(packet);
            } else {
                send(packet);
                if (random.nextInt(30) == 0) {
                    send(packet);
                }
            }
        }

        /** The first packet, which the two after it overtake: where the file begins depends on when it comes. */
        private ByteBuffer overtaken() {
            byte[] payload = new byte[160];
            random.nextBytes(payload);
            RtpPacketWriter writer = new RtpPacketWriter().ssrc(ssrc);
            List<ByteBuffer> packets = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                packets.add(
                        writer.sequence(++sequence).timestamp(timestamp += 160).packet(payload));
            }
            send(packets.get(1));
            send(packets.get(2));
            return packets.get(0);
        }

        private int payloadBytes() {
            return switch (type) {
                case 13 -> 1;
                case 18 -> 20;
                case 96 -> 640;
                case 97 -> 80 * (1 + random.nextInt(5));
                case 101 -> 4;
                default -> 160;
            };
        }

        private void send(ByteBuffer packet) {
            try {
                receiver.onDatagram(packet.duplicate(), source, nowNanos, sinceNanos);
            } catch (IndexOutOfBoundsException e) {
                failed++; // as a media loop does
            }
        }

        private void endSweep() {
            receiver.endSweep(nowNanos);
            sinceNanos = nowNanos;
        }

        private void event() {
            switch (random.nextInt(120)) {
                case 0 -> ssrc++;
                case 1 -> timestamp += random.nextInt();
                case 2 -> sequence += random.nextInt(5_000);
                case 3, 4 -> type = FORMATS.get(random.nextInt(FORMATS.size())).payloadType();
                case 5 -> receiver.update(FORMATS.subList(0, 3 + random.nextInt(6)), Optional.empty(), true, nowNanos);
                case 6 -> receiver.update(FORMATS, Optional.empty(), false, nowNanos);
                case 7 -> {
                    receiver.pause();
                    captured.paused(true, nowNanos);
                }
                case 8, 9 -> {
                    receiver.update(FORMATS, Optional.empty(), true, nowNanos);
                    receiver.resume();
                    captured.paused(false, nowNanos);
                }
                case 12 -> type = 97;
                case 10, 11 -> timestamp += random.nextInt(40_000);
                default -> {}
            }
            boolean lost = random.nextInt(12) == 0;
            frame(!lost);
            if (random.nextInt(4) == 0) {
                delayed.forEach(this::send);
                delayed.clear();
            }
        }

        private void finish() throws Exception {
            receiver.finish(nowNanos);
            CompletableFuture<RecordingFile.Result> closed = new CompletableFuture<>();
            file.finish(closed::complete);
            assertThat(closed.get(20, TimeUnit.SECONDS).error()).isEmpty();
        }
    }

    private void nextSweep(List<Sender> senders, Random random) {
        int longer = random.nextInt(200);
        senders.forEach(Sender::endSweep);
        nowNanos += longer == 0 ? 12_000_000_000L : longer < 4 ? 800_000_000L : 1_000_000L + random.nextInt(40_000_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whatIsMadeAgainIsWhatWasRecorded(long seed) throws Exception {
        Random random = new Random(seed);
        TimeOrigin origin = new TimeOrigin();
        List<Sender> senders = List.of(
                new Sender(1, RecordingFormat.WAV, origin, random),
                new Sender(2, RecordingFormat.WAV_G711, origin, random));
        List<ByteBuffer> first = senders.stream().map(Sender::overtaken).toList();
        int lateBy = random.nextInt(150);
        for (int i = 0; i < EVENTS; i++) {
            senders.forEach(Sender::event);
            if (i == lateBy) {
                senders.get(0).send(first.get(0));
                senders.get(1).send(first.get(1));
            }
            if (random.nextBoolean()) {
                nextSweep(senders, random);
            }
        }
        for (Sender sender : senders) {
            sender.finish();
        }
        CaptureReport report = capture.close().get(20, TimeUnit.SECONDS);
        assertThat(report.dropped()).isZero();
        assertThat(report.error()).isEmpty();
        assertThat(report.fileBytes()).isEqualTo(Files.size(report.file()));

        CaptureReplay.Outcome outcome = CaptureReplay.replay(report.file(), directory.resolve("rendered"));

        assertThat(outcome.dropped()).contains(0L);
        assertThat(outcome.streams())
                .hasSize(2)
                .allMatch(stream -> stream.ended() && stream.error().isEmpty());
        for (CaptureReplay.Outcome.Stream stream : outcome.streams()) {
            Path made = stream.file().orElseThrow();
            Path recorded = directory.resolve(made.getFileName());
            assertThat(Files.size(recorded)).as("audio was recorded").isGreaterThan(50_000);
            assertThat(Files.mismatch(made, recorded))
                    .as("%s, seed %d", made.getFileName(), seed)
                    .isEqualTo(-1);
        }
        assertThat(senders.stream()
                        .mapToLong(sender -> sender.counters.recovered)
                        .sum())
                .isPositive();
        assertThat(senders.stream().mapToLong(sender -> sender.failed).sum()).isPositive();
        for (Sender sender : senders) {
            assertThat(sender.counters.reanchored).isPositive();
            assertThat(sender.counters.duplicates).isPositive();
            assertThat(sender.counters.undecodable).isPositive();
            assertThat(sender.counters.rejectedPaused).isPositive();
        }
    }
}
