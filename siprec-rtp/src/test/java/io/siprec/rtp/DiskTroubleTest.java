package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.internal.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, or that stops, for a while: what is lost is told, what comes after it is whole. */
@Timeout(60)
class DiskTroubleTest {
    private static final int FRAME = 160;

    @TempDir
    private Path directory;

    private final Disk disk = new Disk();
    private final MediaPlane plane = MediaPlane.builder()
            .bindAddress(InetAddress.getLoopbackAddress())
            .ports(0, 0)
            .sweepPeriod(Duration.ofMillis(1))
            .storage(disk)
            .build();

    DiskTroubleTest() {
        plane.start();
    }

    @AfterEach
    void close() {
        disk.goOn();
        plane.close();
    }

    /** The file system, where files named "full" find no room as long as it is wanted, and all stands still on demand. */
    private static final class Disk implements Storage {
        private volatile boolean full;
        private volatile CountDownLatch stopped = new CountDownLatch(0);

        void stop() {
            stopped = new CountDownLatch(1);
        }

        void goOn() {
            stopped.countDown();
        }

        private void check(Path path) throws IOException {
            try {
                stopped.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (full && path.toString().contains("full")) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public File create(Path path) throws IOException {
            check(path);
            File real = Storage.fileSystem().create(path);
            return new File() {
                @Override
                public void write(ByteBuffer data, long position) throws IOException {
                    check(path);
                    real.write(data, position);
                }

                @Override
                public void force() throws IOException {
                    real.force();
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        }
    }

    private RecordedStream open(String name) throws Exception {
        return plane.open(
                StreamSettings.builder(directory.resolve(name + ".wav")).build());
    }

    private static void until(RecordedStream stream, Predicate<StreamStatistics> state) throws InterruptedException {
        while (!state.test(stream.statistics())) {
            TimeUnit.MILLISECONDS.sleep(1); // the test's time-out ends it
        }
    }

    private static void send(RecordedStream stream, Sender sender, int packets) throws Exception {
        for (int left = packets; left > 0; left -= 50) {
            sender.send(Math.min(50, left));
            int sent = sender.sent;
            until(stream, statistics -> statistics.received() == sent);
        }
    }

    private void untilWritten() throws InterruptedException {
        while (plane.statistics().queuedBlocks() > 0) {
            TimeUnit.MILLISECONDS.sleep(1); // the test's time-out ends it
        }
    }

    private static StreamReport finished(RecordedStream stream) throws Exception {
        return stream.close().get(20, TimeUnit.SECONDS);
    }

    /** All that was sent, but for silence where the report has gaps. */
    private static void assertExact(StreamReport report, Sender sender) throws IOException {
        short[] recorded = WavAudio.read(report.file()).samples();
        short[] expected = sender.pcm();
        for (Gap gap : report.gaps()) {
            assertThat(gap.cause()).isEqualTo(Gap.Cause.DISK);
            Arrays.fill(expected, (int) gap.firstSample(), (int) (gap.firstSample() + gap.samples()), (short) 0);
        }
        assertThat(recorded).hasSameSizeAs(expected);
        assertThat(Arrays.equals(recorded, expected))
                .as("gaps %s", report.gaps())
                .isTrue();
        assertThat(report.statistics().lost()).as("of the network").isZero();
    }

    @Test
    void C219_aDiskThatIsFullForAWhileCostsThatTimeOfItsFileAndNothingElse() throws Exception {
        RecordedStream full = open("full");
        RecordedStream beside = open("beside");
        try (Sender one = new Sender(1, full.rtpPort());
                Sender two = new Sender(2, beside.rtpPort())) {
            send(full, one, 500);
            assertThat(plane.diskTrouble()).isEmpty();
            untilWritten();
            disk.full = true;
            send(full, one, 500);
            send(beside, two, 1_000);
            until(full, statistics -> statistics.diskErrors() > 0);
            assertThat(plane.diskTrouble())
                    .hasValueSatisfying(text -> assertThat(text).contains("writes failed"));
            untilWritten();
            disk.full = false;
            send(full, one, 500);
            StreamReport report = finished(full);
            assertExact(report, one);
            assertThat(report.gaps()).isNotEmpty();
            assertThat(report.error())
                    .hasValueSatisfying(text -> assertThat(text).contains("No space left on device"));
            long missingMs = report.completeness().missing().get(Gap.Cause.DISK).toMillis();
            assertThat(missingMs).isBetween(1_000L, 12_000L);
            assertThat(report.statistics().droppedByQueue()).isZero();
            StreamReport other = finished(beside);
            assertExact(other, two);
            assertThat(other.completeness()).hasToString("complete");
            assertThat(plane.packets().diskErrors())
                    .isEqualTo(report.statistics().diskErrors())
                    .isPositive();
        }
    }

    /** The file can't even be made at first. */
    @Test
    void C219_aFileThatCouldNotBeMadeIsMadeOnceThereIsRoom() throws Exception {
        disk.full = true;
        RecordedStream full = open("full");
        try (Sender one = new Sender(1, full.rtpPort())) {
            send(full, one, 200);
            until(full, statistics -> statistics.diskErrors() >= 2); // its making, and a block
            disk.full = false;
            send(full, one, 500);
            StreamReport report = finished(full);
            assertExact(report, one);
            assertThat(report.gaps()).hasSize(1);
            assertThat(report.gaps().get(0).firstSample()).isZero();
        }
    }

    /** All that the queue holds is written when the disk goes on. */
    @Test
    void C219_aDiskThatStopsCostsNothingThatTheQueueHolds() throws Exception {
        RecordedStream one = open("one");
        RecordedStream two = open("two");
        try (Sender alice = new Sender(1, one.rtpPort());
                Sender bob = new Sender(2, two.rtpPort())) {
            send(one, alice, 100);
            disk.stop();
            send(one, alice, 500); // 10 s of audio
            send(two, bob, 500);
            assertThat(plane.statistics().queuedBlocks()).isPositive();
            while (plane.diskTrouble().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(10); // it is told after 2 s; the test's time-out ends it
            }
            assertThat(plane.diskTrouble())
                    .hasValueSatisfying(text -> assertThat(text)
                            .matches("the disk has not answered for \\d+ s, \\d+ blocks of audio wait for it"));
            disk.goOn();
            send(one, alice, 100);
            StreamReport report = finished(one);
            assertExact(report, alice);
            assertThat(report.completeness()).hasToString("complete");
            assertExact(finished(two), bob);
            assertThat(plane.statistics().queuedBlocks()).isZero();
            assertThat(plane.diskTrouble()).isEmpty();
        }
    }

    /** The queue is full before it goes on: counted, in the gaps, and all else in its place. */
    @Test
    void C219_whatTheQueueDoesNotHoldIsCountedAndInTheGaps() throws Exception {
        try (MediaPlane small = MediaPlane.builder()
                .bindAddress(InetAddress.getLoopbackAddress())
                .ports(0, 0)
                .sweepPeriod(Duration.ofMillis(1))
                .writerQueueBlocks(4)
                .storage(disk)
                .build()) {
            small.start();
            RecordedStream stream = small.open(
                    StreamSettings.builder(directory.resolve("small.wav")).build());
            try (Sender sender = new Sender(1, stream.rtpPort())) {
                send(stream, sender, 100);
                disk.stop();
                send(stream, sender, 500);
                until(stream, statistics -> statistics.droppedByQueue() > 0);
                disk.goOn();
                while (small.statistics().queuedBlocks() > 0) {
                    TimeUnit.MILLISECONDS.sleep(1); // the test's time-out ends it
                }
                send(stream, sender, 500);
                StreamReport report = finished(stream);
                assertExact(report, sender);
                long dropped = report.statistics().droppedByQueue();
                assertThat(small.packets().droppedByQueue()).isEqualTo(dropped);
                assertThat(report.gapSamples().get(Gap.Cause.DISK)).isBetween(dropped * FRAME, dropped * 8_192);
            }
        }
    }
}
