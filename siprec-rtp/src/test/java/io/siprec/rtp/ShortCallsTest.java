package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams that come and go on few ports, while what was sent to the last one still arrives. */
@Timeout(180)
class ShortCallsTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
    private static final int STREAMS = 10_000;
    private static final int PAIRS = 20;
    private static final int OPEN_AT_ONCE = 5;
    private static final long BETWEEN_NANOS = 500_000_000L; // so that ten ports rest

    private final AtomicLong nanos = new AtomicLong(1);

    private record Call(RecordedStream stream, int number) {}

    @Test
    void C191_nothingOfTheLastCallLeaksIntoTheNext() throws Exception {
        int first = FreePort.evenRun(2 * PAIRS);
        try (MediaPlane plane = MediaPlane.builder()
                        .bindAddress(LOCAL)
                        .ports(first, first + 2 * PAIRS - 1)
                        .sweepPeriod(Duration.ofMillis(1))
                        .portQuarantine(Duration.ofSeconds(5))
                        .nanoTime(nanos::get)
                        .storage(LoopsTest.NOWHERE)
                        .build();
                DatagramSocket socket = new DatagramSocket(new InetSocketAddress(LOCAL, 0))) {
            plane.start();
            Deque<Call> open = new ArrayDeque<>();
            long[] closedAt = new long[2 * PAIRS];
            for (int number = 0; number < STREAMS; number++) {
                RecordedStream stream = plane.open(
                        StreamSettings.builder(Path.of("s" + number + ".wav")).build());
                int place = stream.rtpPort() - first;
                assertThat(closedAt[place] == 0 || nanos.get() - closedAt[place] >= 5_000_000_000L)
                        .as("port %d has rested", stream.rtpPort())
                        .isTrue();
                open.add(new Call(stream, number));
                send(socket, stream.rtpPort(), number, 2);
                if (open.size() == OPEN_AT_ONCE) {
                    end(socket, open.remove(), closedAt, first);
                }
                nanos.addAndGet(BETWEEN_NANOS);
            }
            while (!open.isEmpty()) {
                end(socket, open.remove(), closedAt, first);
            }
            assertThat(plane.statistics().portPairsInUse()).isZero();
            assertThat(plane.statistics().streams()).isZero();
            nanos.addAndGet(5_000_000_000L);
            assertThat(plane.freePortPairs()).isEqualTo(PAIRS);
        }
    }

    /** The sender goes on for a while: its source would pass, for all calls have one. */
    private void end(DatagramSocket socket, Call call, long[] closedAt, int first) throws Exception {
        StreamReport report = call.stream.close().get(20, TimeUnit.SECONDS);
        closedAt[call.stream.rtpPort() - first] = nanos.get();
        send(socket, call.stream.rtpPort(), call.number, 3);
        assertThat(report.statistics().arrival().datagrams())
                .as("stream %d", call.number)
                .isEqualTo(2);
        assertThat(report.statistics().ssrc()).isEqualTo(call.number);
    }

    private static void send(DatagramSocket socket, int port, int ssrc, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            byte[] packet = new RtpPacketWriter()
                    .ssrc(ssrc)
                    .sequence(i)
                    .timestamp(160L * i)
                    .packet(new byte[160])
                    .array();
            socket.send(new DatagramPacket(packet, packet.length, LOCAL, port));
        }
    }
}
