package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siprec.rtp.spi.AudioSink;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Taps on streams with sockets, loops and threads of their own. */
@Timeout(60)
class AudioTapTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
    private static final int FRAME = 160;
    private static final TapSettings LONG = TapSettings.STANDARD.withBuffer(Duration.ofSeconds(60));

    @TempDir
    private Path directory;

    private final MediaPlane plane = MediaPlane.builder()
            .bindAddress(LOCAL)
            .ports(0, 0)
            .loops(2)
            .sweepPeriod(Duration.ofMillis(5))
            .build();
    private final ExecutorService executor = Executors.newFixedThreadPool(2);

    @AfterEach
    void close() {
        plane.close();
        executor.shutdownNow();
    }

    private RecordedStream open(String name) throws Exception {
        return plane.open(StreamSettings.builder(directory.resolve(name + ".wav"))
                .name(name)
                .build());
    }

    private static final class Sink implements AudioSink {
        private final List<short[]> pcm = new ArrayList<>();
        private final List<Long> places = new ArrayList<>();
        private final AtomicBoolean inside = new AtomicBoolean();
        private final AtomicInteger overlaps = new AtomicInteger();
        private final AtomicInteger ends = new AtomicInteger();
        private final CountDownLatch end = new CountDownLatch(1);

        @Override
        public void onFrame(AudioFrame frame) {
            enter();
            ShortBuffer samples = frame.pcm().asShortBuffer();
            short[] copy = new short[samples.remaining()];
            samples.get(copy);
            pcm.add(copy);
            places.add(frame.firstSample());
            inside.set(false);
        }

        @Override
        public void onEnd(TapStatistics statistics) {
            enter();
            ends.incrementAndGet();
            inside.set(false);
            end.countDown();
        }

        private void enter() {
            if (!inside.compareAndSet(false, true) || ends.get() > 0) {
                overlaps.incrementAndGet();
            }
        }

        void awaitEnd() throws InterruptedException {
            assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
        }

        /** Every frame has the samples of the file at its place, and each begins where the one before ended. */
        void assertIsTheEndOf(short[] file) {
            assertThat(overlaps).hasValue(0);
            long at = places.isEmpty() ? file.length : places.get(0);
            for (int i = 0; i < pcm.size(); i++) {
                assertThat(places.get(i)).isEqualTo(at);
                short[] there = Arrays.copyOfRange(file, (int) at, (int) at + pcm.get(i).length);
                assertThat(pcm.get(i)).isEqualTo(there);
                at += pcm.get(i).length;
            }
            assertThat(at).isEqualTo(file.length);
            assertThat(ends).hasValue(1);
        }
    }

    private static final class Sender implements AutoCloseable {
        private final DatagramSocket socket = new DatagramSocket(new InetSocketAddress(LOCAL, 0));
        private final RtpPacketWriter writer = new RtpPacketWriter().ssrc(7);
        private final int port;
        private int sent;

        Sender(int port) throws IOException {
            this.port = port;
        }

        void send(int packets) throws IOException {
            for (int i = 0; i < packets; i++, sent++) {
                byte[] codes = new byte[FRAME];
                for (int k = 0; k < FRAME; k++) {
                    codes[k] = (byte) ((sent * 31 + k * 7) % 127);
                }
                writer.sequence(sent).timestamp((long) sent * FRAME);
                byte[] packet = writer.packet(codes).array();
                socket.send(new DatagramPacket(packet, packet.length, LOCAL, port));
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static void until(RecordedStream stream, int received) throws InterruptedException {
        while (stream.statistics().received() < received) {
            TimeUnit.MILLISECONDS.sleep(2); // the test's time-out ends it
        }
    }

    private static short[] recorded(RecordedStream stream) throws Exception {
        StreamReport report = stream.close().get(20, TimeUnit.SECONDS);
        assertThat(report.statistics().lost()).isZero();
        return WavAudio.read(report.file()).samples();
    }

    @Test
    void C220_tapsTellTheAudioOfTheFileFromTheStartAndFromTheMiddle() throws Exception {
        plane.start();
        RecordedStream stream = open("taps");
        Sink start = new Sink();
        Sink middle = new Sink();
        Sink here = new Sink();
        stream.tap(LONG, executor, start);
        try (Sender sender = new Sender(stream.rtpPort())) {
            for (int i = 0; i < 50; i++) {
                sender.send(4);
                until(stream, sender.sent);
                if (i == 25) {
                    stream.tap(LONG, executor, middle);
                    stream.tap(LONG, Runnable::run, here);
                }
            }
        }
        short[] file = recorded(stream);
        for (Sink sink : List.of(start, middle, here)) {
            sink.awaitEnd();
            sink.assertIsTheEndOf(file);
            assertThat(sink.places).isNotEmpty();
        }
        assertThat(start.places.get(0)).isZero();
    }

    @Test
    void C220_theEndIsToldOnceWhoeverEndsTheStream() throws Exception {
        plane.start();
        Sink silent = new Sink();
        Sink ended = new Sink();
        Sink shutDown = new Sink();
        Sink afterwards = new Sink();
        RecordedStream one = open("one");
        one.tap(LONG, executor, silent);
        one.close().get(20, TimeUnit.SECONDS);
        silent.awaitEnd();
        one.tap(LONG, executor, ended);
        ended.awaitEnd();
        RecordedStream two = open("two");
        two.tap(LONG, executor, shutDown);
        plane.close();
        shutDown.awaitEnd();
        two.tap(LONG, executor, afterwards);
        afterwards.awaitEnd();
        for (Sink sink : List.of(silent, ended, shutDown, afterwards)) {
            assertThat(sink.ends).hasValue(1);
            assertThat(sink.overlaps).hasValue(0);
            assertThat(sink.pcm).isEmpty();
        }
    }

    @Test
    void aSinkThatNeverReturnsHoldsUpNeitherTheRecordingNorTheEnd() throws Exception {
        plane.start();
        RecordedStream stream = open("stuck");
        CountDownLatch never = new CountDownLatch(1);
        AudioTap tap = stream.tap(TapSettings.STANDARD, Runnable::run, frame -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (Sender sender = new Sender(stream.rtpPort())) {
            for (int i = 0; i < 100; i++) {
                sender.send(4);
                until(stream, sender.sent);
            }
            assertThat(recorded(stream)).hasSize(400 * FRAME);
        }
        assertThat(tap.statistics().dropped()).isPositive();
        never.countDown();
    }

    /** Taps come and go from several threads while audio flows and the stream ends: each that was not closed hears one end. */
    @Test
    void C220_tapsThatComeAndGo() throws Exception {
        plane.start();
        for (int round = 0; round < 5; round++) {
            RecordedStream stream = open("race" + round);
            List<Sink> kept = new ArrayList<>();
            AtomicBoolean over = new AtomicBoolean();
            Thread visitor = new Thread(() -> visit(stream, over));
            visitor.start();
            try (Sender sender = new Sender(stream.rtpPort())) {
                Random random = new Random(round);
                for (int i = 0; i < 40; i++) {
                    sender.send(5);
                    until(stream, sender.sent);
                    if (random.nextInt(10) == 0 && kept.size() < 3) {
                        keepOne(stream, kept);
                    }
                }
            }
            var closed = stream.close();
            keepOne(stream, kept); // before or after the end, nobody knows
            short[] file =
                    WavAudio.read(closed.get(20, TimeUnit.SECONDS).file()).samples();
            over.set(true);
            visitor.join();
            for (Sink sink : kept) {
                sink.awaitEnd();
                sink.assertIsTheEndOf(file);
            }
        }
    }

    private void keepOne(RecordedStream stream, List<Sink> kept) {
        Sink sink = new Sink();
        while (true) {
            try {
                stream.tap(LONG, executor, sink);
                kept.add(sink);
                return;
            } catch (IllegalStateException e) { // the visitor has them all
                Thread.yield();
            }
        }
    }

    private void visit(RecordedStream stream, AtomicBoolean over) {
        while (!over.get()) {
            try {
                stream.tap(TapSettings.STANDARD, executor, frame -> {}).close();
            } catch (IllegalStateException e) { // so many that the loop hasn't forgotten as yet
                Thread.yield();
            }
        }
    }

    @Test
    void settingsHaveRanges() {
        TapSettings standard = TapSettings.STANDARD;
        assertThatThrownBy(() -> standard.withSettle(Duration.ofMillis(501))).hasMessageContaining("0..500 ms");
        assertThatThrownBy(() -> standard.withFrame(Duration.ofMillis(4))).hasMessageContaining("5..100 ms");
        assertThatThrownBy(() -> standard.withBuffer(Duration.ofMillis(99))).hasMessageContaining("100..60000 ms");
        assertThatThrownBy(() -> new TapSettings(null, standard.frame(), standard.buffer()))
                .isInstanceOf(NullPointerException.class);
    }
}
