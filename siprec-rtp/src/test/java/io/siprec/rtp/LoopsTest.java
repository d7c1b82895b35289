package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.rtp.internal.Storage;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How media loops share their work, and that none of it is felt by a stream that goes on. */
@Timeout(120)
class LoopsTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
    private static final int PACKETS = 20_000;

    /** Files are of no interest here. */
    static final Storage NOWHERE = path -> new Storage.File() {
        @Override
        public void write(ByteBuffer data, long position) {
            data.position(data.limit());
        }

        @Override
        public void force() {
            // nothing was written
        }

        @Override
        public void close() {
            // nor opened
        }
    };

    private static MediaPlane plane(int loops) {
        MediaPlane plane = MediaPlane.builder()
                .bindAddress(LOCAL)
                .ports(0, 0)
                .loops(loops)
                .sweepPeriod(Duration.ofMillis(1))
                .storage(NOWHERE)
                .build();
        plane.start();
        return plane;
    }

    private static RecordedStream open(MediaPlane plane, TimeOrigin origin) throws Exception {
        return plane.open(
                StreamSettings.builder(Path.of("nowhere.wav")).origin(origin).build());
    }

    private static List<Integer> perLoop(MediaPlane plane, int loops) {
        return plane.statistics().streamsPerLoop().subList(0, loops);
    }

    private static void closeAll(List<RecordedStream> streams) throws Exception {
        for (RecordedStream stream : streams) {
            stream.close().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void streamsAreSpreadByLoadAndThoseOfARecordingStayTogether() throws Exception {
        try (MediaPlane plane = plane(3)) {
            List<List<RecordedStream>> recordings = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                TimeOrigin origin = new TimeOrigin();
                recordings.add(List.of(open(plane, origin), open(plane, origin)));
            }
            assertThat(perLoop(plane, 3)).containsExactly(8, 8, 8);
            for (int i = 0; i < 12; i += 3) { // all of the first loop
                closeAll(recordings.get(i));
            }
            while (plane.statistics().streamsPerLoop().get(0) > 0) {
                TimeUnit.MILLISECONDS.sleep(
                        1); // a file is closed before its loop has done; the test's time-out ends it
            }
            assertThat(perLoop(plane, 3)).containsExactly(0, 8, 8);
            for (int i = 0; i < 4; i++) {
                open(plane, new TimeOrigin());
            }
            assertThat(perLoop(plane, 3)).as("the loop that has least to do").containsExactly(4, 8, 8);
        }
    }

    @Test
    void streamsThatComeAndGoCostAnotherOneNothing() throws Exception {
        try (MediaPlane plane = plane(1)) {
            RecordedStream stays = open(plane, new TimeOrigin());
            try (Sender sender = new Sender(1, stays.rtpPort())) {
                for (int i = 0; i < 1_000; i++) {
                    RecordedStream passing = open(plane, new TimeOrigin());
                    sender.send(2);
                    passing.close();
                    if (i % 50 == 0) {
                        awaitAll(stays, sender); // else a slow machine's socket runs over
                    }
                }
                StreamReport report = stays.close().get(20, TimeUnit.SECONDS);
                assertThat(report.statistics().received()).isEqualTo(2_000);
                assertThat(report.statistics().lost()).isZero();
                assertThat(report.statistics().late()).isZero();
                assertThat(report.completeness()).hasToString("complete");
                assertThat(report.samples()).isEqualTo(2_000 * 160);
            }
        }
    }

    /** From the socket to the block for the writer: what is left is the hand-over of a block each half second of audio. */
    @Test
    void aLoopAllocatesNothingForAPacket() throws Exception {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Set<Long> before = loopThreads();
        try (MediaPlane plane = plane(1)) {
            Set<Long> started = loopThreads();
            started.removeAll(before);
            assertThat(started).hasSize(1);
            long loop = started.iterator().next();
            RecordedStream stream = open(plane, new TimeOrigin());
            try (Sender sender = new Sender(1, stream.rtpPort())) {
                send(stream, sender);
                long allocated = threads.getThreadAllocatedBytes(loop);
                send(stream, sender);
                long perPacket = (threads.getThreadAllocatedBytes(loop) - allocated) / PACKETS;
                assertThat(perPacket).as("bytes for each packet").isLessThan(16);
            }
        }
    }

    private static Set<Long> loopThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("siprec-media-"))
                .map(Thread::getId)
                .collect(Collectors.toSet());
    }

    private static void send(RecordedStream stream, Sender sender) throws Exception {
        for (int i = 0; i < PACKETS / 100; i++) {
            sender.send(100);
            awaitAll(stream, sender);
        }
    }

    private static void awaitAll(RecordedStream stream, Sender sender) throws InterruptedException {
        while (stream.statistics().received() < sender.sent) {
            TimeUnit.MILLISECONDS.sleep(1); // the test's time-out ends it
        }
    }
}
