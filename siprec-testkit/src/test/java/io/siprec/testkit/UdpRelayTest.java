package io.siprec.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The relay does what it says, and says what it did. */
@Timeout(60)
class UdpRelayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(20);
    private static final int PACKETS = 300;

    private final ManualClock clock = new ManualClock();
    private DatagramSocket client;
    private DatagramSocket recorder;

    @BeforeEach
    void open() throws IOException {
        client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        recorder = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        recorder.setReceiveBufferSize(1 << 20);
        recorder.setSoTimeout((int) PATIENCE.toMillis());
    }

    @AfterEach
    void close() {
        client.close();
        recorder.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theAccountIsWhatArrives(long seed) throws Exception {
        RelayAccount account = relay(all(seed), PACKETS);

        assertThat(arrivals(account.departed())).isEqualTo(departures(account));
        assertThat(account.came()).isEqualTo(PACKETS);
        assertThat(account.lost()).isBetween(20L, 120L).isEqualTo(PACKETS - account.forwarded());
        assertThat(account.duplicates()).isBetween(5L, 60L);
        assertThat(account.overtaken()).isBetween(10L, 250L);
        assertThat(account.waiting()).isZero();
    }

    @Test
    void aSeedHasTheSameFatesEachTimeAndAnotherSeedHasOthers() throws Exception {
        RelayAccount first = relay(all(7), PACKETS);
        assertThat(relay(all(7), PACKETS)).isEqualTo(first);
        assertThat(relay(all(8), PACKETS)).isNotEqualTo(first);
    }

    @Test
    void eachLineHasFatesOfItsOwn() throws Exception {
        try (UdpRelay relay = UdpRelay.start(all(7), clock)) {
            RelayLine one = relay.open();
            RelayLine other = relay.open();
            assertThat(relay.line(other.address())).isSameAs(other);
            assertThatThrownBy(() -> relay.line(new InetSocketAddress("127.0.0.1", 9)))
                    .isInstanceOf(NoSuchElementException.class);
            assertThat(send(one, PACKETS).packets())
                    .isNotEqualTo(send(other, PACKETS).packets());
        }
    }

    @Test
    void withoutTroubleAllPassesInOrder() throws Exception {
        RelayAccount account = relay(builder -> builder, PACKETS);
        assertThat(arrivals(PACKETS))
                .isEqualTo(IntStream.range(0, PACKETS).boxed().toList());
        assertThat(account.visible()).hasSize(PACKETS);
        assertThat(account.overtaken() + account.lost() + account.duplicates()).isZero();
    }

    @Test
    void anOutageLosesAllOfItsPackets() throws Exception {
        RelayAccount account =
                relay(builder -> builder.outage(0, 2).outage(100, 50).outage(299, 9), PACKETS);
        assertThat(account.packets().stream()
                        .filter(packet -> !packet.forwarded())
                        .map(packet -> (int) packet.number()))
                .containsExactlyElementsOf(IntStream.concat(
                                IntStream.concat(IntStream.range(0, 2), IntStream.range(100, 150)), IntStream.of(299))
                        .boxed()
                        .toList());
        assertThat(account.visible()).hasSize(PACKETS - 3);
    }

    @Test
    void burstsLoseNeighbours() throws Exception {
        RelayAccount account = relay(builder -> builder.bursts(0.02, 4, 4), PACKETS);
        List<Integer> runs = new ArrayList<>();
        int run = 0;
        for (RelayedPacket packet : account.packets()) {
            if (packet.forwarded() && run > 0) {
                runs.add(run);
            }
            run = packet.forwarded() ? 0 : run + 1;
        }
        assertThat(runs).isNotEmpty().allMatch(length -> length % 4 == 0);
    }

    @Test
    void whatIsDelayedWaitsForTheClock() throws Exception {
        NetworkTrouble slow =
                NetworkTrouble.builder(1).delay(Duration.ofMillis(50)).build();
        try (UdpRelay relay = UdpRelay.start(slow, clock)) {
            RelayLine line = relay.open();
            line.forwardTo((InetSocketAddress) recorder.getLocalSocketAddress());
            send(line.address(), 0);
            assertThat(line.await(account -> account.waiting() == 1, PATIENCE).departed())
                    .isZero();
            clock.advance(Duration.ofMillis(50));
            assertThat(line.await(account -> account.waiting() == 0, PATIENCE).departed())
                    .isOne();
        }
    }

    @Test
    void reportsAndWhatTheRecorderSendsPassAsTheyAre() throws Exception {
        try (UdpRelay relay = UdpRelay.start(
                        NetworkTrouble.builder(1).outage(0, 1_000).build());
                DatagramSocket clientReports = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            RelayLine ours = relay.open();
            RelayLine theirs = relay.open(); // a pair of ports to receive on, of which it makes no use
            ours.forwardTo(theirs.address());
            theirs.forwardTo(ours.address());
            InetSocketAddress reports = new InetSocketAddress(
                    ours.address().getAddress(), ours.address().getPort() + 1);
            clientReports.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, reports));
            assertThat(ours.await(account -> account.reports() == 1, PATIENCE).reports())
                    .isOne();
            assertThat(theirs.await(account -> account.returned() == 1, PATIENCE)
                            .returned())
                    .as("seen to come from the line")
                    .isOne();
        }
    }

    private static NetworkTrouble all(long seed) {
        return NetworkTrouble.builder(seed)
                .loss(0.08)
                .bursts(0.01, 2, 8)
                .duplication(0.05)
                .delay(Duration.ofMillis(30))
                .jitter(Duration.ofMillis(30))
                .reorder(0.05, Duration.ofMillis(70))
                .build();
    }

    private RelayAccount relay(UnaryOperator<NetworkTrouble.Builder> trouble, int packets) throws Exception {
        return relay(trouble.apply(NetworkTrouble.builder(1)).build(), packets);
    }

    private RelayAccount relay(NetworkTrouble trouble, int packets) throws Exception {
        try (UdpRelay relay = UdpRelay.start(trouble, clock)) {
            return send(relay.open(), packets);
        }
    }

    /** The account once all that isn't lost has left. */
    private RelayAccount send(RelayLine line, int packets) throws Exception {
        line.forwardTo((InetSocketAddress) recorder.getLocalSocketAddress());
        for (int i = 0; i < packets; i++) {
            long so = i + 1;
            send(line.address(), i);
            line.await(account -> account.came() == so, PATIENCE);
            clock.advance(STEP);
        }
        clock.advance(Duration.ofSeconds(1));
        return line.await(account -> account.waiting() == 0, PATIENCE);
    }

    private void send(InetSocketAddress to, int sequence) throws IOException {
        byte[] packet = new byte[172];
        ByteBuffer.wrap(packet).put((byte) 0x80).put((byte) 0).putShort((short) sequence);
        client.send(new DatagramPacket(packet, packet.length, to));
    }

    private List<Integer> arrivals(long count) throws IOException {
        List<Integer> sequences = new ArrayList<>();
        DatagramPacket datagram = new DatagramPacket(new byte[2_048], 2_048);
        for (long i = 0; i < count; i++) {
            recorder.receive(datagram);
            sequences.add(ByteBuffer.wrap(datagram.getData()).getShort(2) & 0xffff);
        }
        return sequences;
    }

    private static List<Integer> departures(RelayAccount account) {
        TreeMap<Long, Integer> inOrder = new TreeMap<>();
        account.packets()
                .forEach(packet -> packet.departures().forEach(place -> inOrder.put(place, packet.sequence())));
        return List.copyOf(inOrder.values());
    }
}
