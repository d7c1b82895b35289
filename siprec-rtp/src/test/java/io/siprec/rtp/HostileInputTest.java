package io.siprec.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes to a live port, the stream that belongs there is whole, and each packet is counted once. */
@Timeout(120)
class HostileInputTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
    private static final int FRAME = 160;

    @TempDir
    private Path directory;

    private final MediaPlane plane = MediaPlane.builder()
            .bindAddress(LOCAL)
            .ports(0, 0)
            .loops(1)
            .sweepPeriod(Duration.ofMillis(5))
            .build();

    HostileInputTest() {
        plane.start();
    }

    @AfterEach
    void close() {
        plane.close();
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

    /** Every datagram on the RTP port, in the counter that it belongs to. */
    private static long counted(StreamStatistics all) {
        return all.received()
                + all.duplicates()
                + all.rejectedSource()
                + all.rejectedSsrc()
                + all.rejectedPayloadType()
                + all.malformed()
                + all.rtcp().received();
    }

    private static StreamReport finished(RecordedStream stream) throws Exception {
        return stream.close().get(20, TimeUnit.SECONDS);
    }

    private static void assertWhole(StreamReport report, Sender sender) throws IOException {
        short[] recorded = WavAudio.read(report.file()).samples();
        int first = (int) report.firstSampleOffset().orElseThrow();
        assertThat(Arrays.equals(Arrays.copyOfRange(recorded, first, recorded.length), sender.pcm()))
                .as("%d samples, %s", recorded.length, report.statistics())
                .isTrue();
        assertThat(report.statistics().received()).isEqualTo(sender.sent);
        assertThat(report.statistics().lost()).isZero();
        assertThat(report.completeness()).hasToString("complete");
    }

    /** Truncated, oversized, of other versions and random, from the sender's own socket and from strangers. */
    @ParameterizedTest(name = "C169 C170 C171 C183 seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void C169_C170_C171_C183_randomPacketsHurtNobody(long seed) throws Exception {
        Random random = new Random(seed);
        RecordedStream stream = open("fuzzed");
        RecordedStream beside = open("beside");
        try (Sender sender = new Sender(1, stream.rtpPort());
                Sender other = new Sender(2, beside.rtpPort());
                DatagramSocket stranger = new DatagramSocket(new InetSocketAddress(LOCAL, 0))) {
            sender.send(2); // known from now on
            other.send(2);
            long sent = 2;
            for (int round = 0; round < 400; round++) {
                for (int i = random.nextInt(6); i >= 0; i--, sent++) {
                    byte[] datagram = hostile(random);
                    DatagramSocket from = random.nextBoolean() ? stranger : sender.socket;
                    from.send(new DatagramPacket(datagram, datagram.length, LOCAL, stream.rtpPort()));
                }
                sender.send(1);
                other.send(1);
                long all = ++sent; // as fast as it is taken, so that the system drops nothing
                until(stream, now -> now.arrival().datagrams() + now.rtcp().received() == all);
            }
            StreamReport report = finished(stream);
            assertWhole(report, sender);
            assertThat(counted(report.statistics())).isEqualTo(sent);
            assertThat(report.statistics().internalErrors()).isZero();
            assertThat(report.statistics().malformed()).isPositive();
            assertThat(report.statistics().rejectedSource()).isPositive();
            assertThat(report.statistics().rejectedPayloadType()).isPositive();
            assertThat(report.statistics().rejectedSsrc()).isPositive();
            assertWhole(finished(beside), other);
        }
    }

    private static byte[] hostile(Random random) {
        int length = switch (random.nextInt(8)) {
            case 0 -> random.nextInt(12); // truncated
            case 1 -> 8_193 + random.nextInt(50_000); // oversized
            default -> 12 + random.nextInt(500);
        };
        byte[] datagram = new byte[length];
        random.nextBytes(datagram);
        if (length >= 12 && random.nextInt(4) > 0) { // else any version
            datagram[0] = (byte) (0x80 | datagram[0] & (random.nextBoolean() ? 0x3f : 0));
            datagram[1] = random.nextBoolean() ? 0 : datagram[1];
        }
        return datagram;
    }

    /** As many from the sender's own address as from a stranger's, each with a neighbour in sequence far away. */
    @Test
    void C171_C175_aThousandSsrcsAreBounded() throws Exception {
        RecordedStream stream = open("ssrcs");
        try (Sender sender = new Sender(1, stream.rtpPort());
                DatagramSocket stranger = new DatagramSocket(new InetSocketAddress(LOCAL, 0))) {
            sender.send(2);
            for (int i = 0; i < 1_000; i++) {
                byte[] packet = new RtpPacketWriter()
                        .ssrc(1_000L + i)
                        .sequence(i)
                        .timestamp(160L * i)
                        .packet(new byte[FRAME])
                        .array();
                sender.socket.send(new DatagramPacket(packet, packet.length, LOCAL, stream.rtpPort()));
                stranger.send(new DatagramPacket(packet, packet.length, LOCAL, stream.rtpPort()));
                sender.send(1);
                int taken = sender.sent;
                until(stream, statistics -> statistics.received() == taken);
            }
            StreamReport report = finished(stream);
            assertWhole(report, sender);
            assertThat(report.statistics().rejectedSsrc()).isEqualTo(1_000);
            assertThat(report.statistics().rejectedSource()).isEqualTo(1_000);
            assertThat(report.statistics().ssrc()).isEqualTo(1);
            assertThat(report.contributions()).isEmpty();
        }
    }

    /**
     * A stranger sends as fast as the machine can. What its packets push out of the socket's buffer is the system's to drop; all
     * of it is told, and streams beside lose nothing.
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    void C177_aFloodIsAccountedForToThePacket() throws Exception {
        RecordedStream flooded = open("flooded");
        RecordedStream beside = open("beside");
        try (Sender sender = new Sender(1, flooded.rtpPort());
                Sender other = new Sender(2, beside.rtpPort());
                Sender stranger = new Sender(3, flooded.rtpPort())) {
            sender.send(2);
            other.send(2);
            until(flooded, statistics -> statistics.received() == 2);
            for (int i = 0; i < 200; i++) {
                stranger.send(500);
                sender.send(1);
                other.send(1);
            }
            until(beside, statistics -> statistics.received() == other.sent);
            StreamReport report = finished(flooded);
            StreamStatistics all = report.statistics();
            assertThat(all.arrival().datagrams() + report.socketDrops().orElse(0))
                    .as("%s, dropped by the system: %s", all, report.socketDrops())
                    .isEqualTo(stranger.sent + sender.sent);
            assertThat(all.lost()).isLessThanOrEqualTo(report.socketDrops().orElse(0));
            assertThat(counted(all)).isEqualTo(all.arrival().datagrams());
            assertThat(all.source()).contains(sender.address());
            assertHoldsWhatCame(report, sender);
            assertWhole(finished(beside), other);
        }
    }

    private static void assertHoldsWhatCame(StreamReport report, Sender sender) throws IOException {
        short[] recorded = WavAudio.read(report.file()).samples();
        short[] expected = Arrays.copyOf(sender.pcm(), recorded.length);
        for (Gap gap : report.gaps()) {
            Arrays.fill(expected, (int) gap.firstSample(), (int) (gap.firstSample() + gap.samples()), (short) 0);
        }
        assertThat(Arrays.equals(recorded, expected))
                .as("gaps %s", report.gaps())
                .isTrue();
    }

    /** The sender's clock leaps, forth and back: its audio is all there, and the file no longer than the call. */
    @Test
    void C173_C174_leapingTimestampsLoseNothing() throws Exception {
        Random random = new Random(173);
        RecordedStream stream = open("leaps");
        try (Sender sender = new Sender(1, stream.rtpPort())) {
            for (int leap = 0; leap < 50; leap++) {
                sender.send(5);
                sender.firstTimestamp += random.nextInt();
                int sent = sender.sent;
                until(stream, statistics -> statistics.received() == sent);
            }
            StreamReport report = finished(stream);
            assertThat(report.statistics().lost()).isZero();
            assertThat(report.statistics().reanchored()).isBetween(30L, 49L);
            long listened = report.statistics().arrival().listened().toMillis() * 8;
            assertThat(report.samples())
                    .as("no longer than what came and the time that went by")
                    .isLessThanOrEqualTo(sender.sent * (long) FRAME + listened + 8_000);
        }
    }
}
