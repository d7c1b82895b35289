package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.ManualClock;
import io.siprec.testkit.NetworkTrouble;
import io.siprec.testkit.RecordingCheck;
import io.siprec.testkit.RelayAccount;
import io.siprec.testkit.RelayLine;
import io.siprec.testkit.RelayedPacket;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcMedia;
import io.siprec.testkit.SrcPhase;
import io.siprec.testkit.SrcStream;
import io.siprec.testkit.SrcStreamReport;
import io.siprec.testkit.SyntheticSrc;
import io.siprec.testkit.UdpRelay;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A bad network between SRC and recorder: what the manifest says equals the network's own account, packet for packet, and every
 * sample that came through is at its place, with silence for those that did not.
 *
 * <p>Packets before the first and behind the last that arrive are in no count: by sequence numbers alone a receiver can't know of
 * them (RFC 3550 A.3).
 */
@Timeout(120)
class NetworkTroubleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PACKETS = 400;
    private static final int PACKET_SAMPLES = 160;
    private static final int RING_SAMPLES = 16_384;

    @TempDir
    Path recordings;

    private final ManualClock srcTime = new ManualClock();
    private final ManualClock relayTime = new ManualClock();

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8, 9})
    void C172_C173_theManifestEqualsTheAccountOfTheNetwork(long seed) throws Exception {
        NetworkTrouble trouble = NetworkTrouble.builder(seed)
                .loss(0.04)
                .bursts(0.008, 2, 12)
                .duplication(0.04)
                .delay(Duration.ofMillis(40))
                .jitter(Duration.ofMillis(19))
                .reorder(0.08, Duration.ofMillis(1_000))
                .build();
        for (RelayAccount account : throughRelay(trouble)) {
            assertThat(account.lost()).as("the network is bad").isGreaterThan(5);
            assertThat(account.duplicates()).isGreaterThan(3);
            assertThat(account.overtaken()).isGreaterThan(10);
        }
    }

    @Test
    void C172_whatIsHeldBackForSecondsIsLate() throws Exception {
        NetworkTrouble trouble = NetworkTrouble.builder(3)
                .loss(0.02)
                .bursts(0.005, 2, 4)
                .jitter(Duration.ofMillis(19))
                .reorder(0.15, Duration.ofMillis(2_500))
                .build();
        for (RelayAccount account : throughRelay(trouble)) {
            assertThat(late(account)).as("late packets").hasSizeGreaterThan(20);
        }
    }

    @Test
    void C173_anOutageIsAGapOfItsTrueLength() throws Exception {
        NetworkTrouble trouble =
                NetworkTrouble.builder(3).outage(100, 150).outage(390, 10).build();
        for (RelayAccount account : throughRelay(trouble)) {
            assertThat(account.lost()).isEqualTo(160);
            assertThat(account.visible()).as("the end is out of sight").hasSize(390);
        }
    }

    @Test
    void C172_everyPacketTwiceIsRecordedOnce() throws Exception {
        NetworkTrouble trouble = NetworkTrouble.builder(3)
                .duplication(1)
                .jitter(Duration.ofMillis(19))
                .build();
        for (RelayAccount account : throughRelay(trouble)) {
            assertThat(account.duplicates()).isEqualTo(PACKETS);
        }
    }

    /** The accounts of the lines of a call whose time is moved by hand. */
    private List<RelayAccount> throughRelay(NetworkTrouble trouble) throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                UdpRelay relay = UdpRelay.start(trouble, relayTime);
                SyntheticSrc src =
                        SyntheticSrc.builder().manualClock(srcTime).relay(relay).start()) {
            SrcCall call = src.call(settings(server, 1));
            call.accepted().get(20, TimeUnit.SECONDS);
            for (int sent = 1; sent <= PACKETS; sent++) {
                call.played(SrcCallSettings.PACKET_TIME.multipliedBy(sent)).get(20, TimeUnit.SECONDS);
                awaitCame(relay, sent);
                relayTime.advance(SrcCallSettings.PACKET_TIME);
                srcTime.advance(SrcCallSettings.PACKET_TIME);
            }
            relayTime.advance(Duration.ofSeconds(2));
            List<RelayAccount> accounts = hangUpAndCheck(server, relay, List.of(call));
            for (RelayAccount account : accounts) {
                assertThat(account.visible().get(0).departures().get(0))
                        .as(
                                "where a file begins is settled within half a second: the seed must not hold back the first packet")
                        .isZero();
            }
            return accounts;
        }
    }

    private static void awaitCame(UdpRelay relay, int packets) throws InterruptedException {
        for (RelayLine line : relay.lines()) {
            assertThat(line.await(account -> account.came() >= packets, PATIENCE)
                            .came())
                    .isGreaterThanOrEqualTo(packets);
        }
    }

    @Test
    void C172_C173_C180_severalCallsInRealTime() throws Exception {
        NetworkTrouble trouble = NetworkTrouble.builder(13)
                .loss(0.05)
                .bursts(0.01, 2, 10)
                .outage(200, 100)
                .duplication(0.05)
                .delay(Duration.ofMillis(60))
                .jitter(Duration.ofMillis(15))
                .reorder(0.06, Duration.ofMillis(300))
                .build();
        try (TestServer server = TestServer.start(recordings, 1);
                UdpRelay relay = UdpRelay.start(trouble);
                SyntheticSrc src = SyntheticSrc.builder().relay(relay).start()) {
            List<SrcCall> calls = new ArrayList<>();
            for (int i = 1; i <= 6; i++) {
                calls.add(src.call(settings(server, i)));
            }
            awaitCame(relay, 100);
            Map<RelayLine, SenderReports> reports = new LinkedHashMap<>();
            for (int i = 0; i < relay.lines().size(); i++) {
                SrcStream sent = calls.get(i / 2).media().streams().get(i % 2);
                RelayLine line = relay.lines().get(i);
                reports.put(line, SenderReports.send(line.address(), sent.ssrc()));
            }
            awaitCame(relay, PACKETS);
            hangUpAndCheck(server, relay, calls);
            for (RelayLine line : reports.keySet()) {
                checkReport(line.account(), reports.get(line).lastBlock());
            }
        }
    }

    /** What the recorder told the sender last. */
    private static void checkReport(RelayAccount account, ByteBuffer block) {
        List<RelayedPacket> visible = account.visible();
        int lost = block.getInt(4) << 8 >> 8;
        assertThat((long) lost).as("cumulative lost").isEqualTo(visible.size() - account.departed());
        int cycles = block.getShort(8);
        RelayedPacket last = visible.get(visible.size() - 1);
        assertThat(cycles).isEqualTo(last.sequence() < visible.get(0).sequence() ? 1 : 0);
        assertThat(block.getShort(10) & 0xffff).as("highest sequence number").isEqualTo(last.sequence());
        assertThat(block.getInt(16)).as("LSR").isEqualTo(SenderReports.MIDDLE_OF_NTP);
        assertThat(block.getInt(20)).as("DLSR").isPositive();
    }

    /** Calls that go on in silence after their packets, so that nothing is on its way when they end. */
    private static SrcCallSettings settings(TestServer server, long seed) {
        return SrcCallSettings.builder(server.uri(Transport.UDP))
                .audio(RecordingTest.noise(2))
                .seed(seed)
                .media(media -> SrcMedia.sending(media.streams().stream()
                        .map(stream -> stream.losing(place -> place >= PACKETS))
                        .toList()))
                .byeGrace(Duration.ZERO)
                .untilHungUp()
                .build();
    }

    private static List<RelayAccount> hangUpAndCheck(TestServer server, UdpRelay relay, List<SrcCall> calls)
            throws Exception {
        long departed = 0;
        for (RelayLine line : relay.lines()) {
            departed += line.await(account -> account.waiting() == 0, PATIENCE).departed();
        }
        server.awaitRtp(departed);
        List<RelayAccount> accounts = new ArrayList<>();
        for (SrcCall call : calls) {
            call.hangUp();
            SrcCallResult result = call.result().get(20, TimeUnit.SECONDS);
            RecordedCall recorded = server.recorded(server.await(
                    call.callId(), session -> assertThat(session.state().id()).isEqualTo("ended")));
            for (SrcStreamReport sent : result.streams()) {
                RelayAccount account = relay.line(sent.local()).account();
                assertThat(account.came()).isEqualTo(sent.packetsSent()).isEqualTo(PACKETS);
                check(recorded, sent.stream(), account);
                accounts.add(account);
            }
        }
        return accounts;
    }

    private static void check(RecordedCall recorded, SrcStream sent, RelayAccount account) throws Exception {
        JsonNode stream = recorded.stream(sent.label());
        List<RelayedPacket> visible = account.visible();
        Set<Long> late = late(account);
        long lost = visible.stream().filter(packet -> !packet.forwarded()).count();
        long missing = lost + late.size();
        assertCounts(stream.get("packets"), account, lost, late.size());
        LongPredicate silent = place -> {
            RelayedPacket packet = account.packets().get((int) place);
            return !packet.forwarded() || late.contains(place);
        };
        long firstSample = stream.get("firstSampleOffset").asLong();
        assertThat(stream.get("gaps").toString()).isEqualTo(gaps(visible, silent, firstSample));
        assertThat(stream.at("/completeness/complete").asBoolean()).isEqualTo(missing == 0);
        assertThat(stream.at("/completeness/missingMs").toString())
                .isEqualTo(missing == 0 ? "{}" : "{\"network\":" + 20 * missing + "}");
        short[] model = new SrcPhase(sent.losing(silent), visible.get(0).number(), visible.size()).samples();
        RecordingCheck.Match match =
                RecordingCheck.find(model, recorded.audio(sent.label()).samples());
        assertThat(match.exact()).as(match.describe()).isTrue();
        assertThat((long) match.offset()).isEqualTo(firstSample);
    }

    private static void assertCounts(JsonNode packets, RelayAccount account, long lost, long late) {
        assertThat(packets.get("expected").asLong()).isEqualTo(account.visible().size());
        assertThat(packets.get("received").asLong()).isEqualTo(account.forwarded());
        assertThat(packets.get("lost").asLong()).isEqualTo(lost);
        assertThat(packets.get("duplicate").asLong()).isEqualTo(account.duplicates());
        assertThat(packets.get("late").asLong()).isEqualTo(late);
        assertThat(packets.get("undecodable").asLong()).isZero();
        assertThat(packets.get("malformed").asLong()).isZero();
        assertThat(packets.get("droppedByUs").asLong()).isZero();
        assertThat(packets.get("rejected")).allMatch(count -> count.asLong() == 0);
    }

    /** Packets that left so far behind the newest that the recorder has written on: {@value #RING_SAMPLES} samples. */
    private static Set<Long> late(RelayAccount account) {
        TreeMap<Long, Long> inOrder = new TreeMap<>();
        for (RelayedPacket packet : account.packets()) {
            packet.departures().forEach(place -> inOrder.put(place, packet.number()));
        }
        Set<Long> arrived = new HashSet<>();
        Set<Long> late = new HashSet<>();
        long end = 0;
        for (long number : inOrder.values()) {
            boolean first = arrived.add(number);
            if (first && number * PACKET_SAMPLES < end - RING_SAMPLES) {
                late.add(number);
            }
            end = Math.max(end, (number + 1) * PACKET_SAMPLES);
        }
        return late;
    }

    /** Each run of packets that did not come through, as the manifest lists it. */
    private static String gaps(List<RelayedPacket> visible, LongPredicate silent, long firstSample) {
        List<String> gaps = new ArrayList<>();
        int run = 0;
        for (int i = 0; i < visible.size(); i++) {
            if (silent.test(visible.get(i).number())) {
                run++;
            } else if (run > 0) {
                gaps.add("{\"cause\":\"network\",\"firstSample\":" + (firstSample + (i - run) * PACKET_SAMPLES)
                        + ",\"samples\":" + run * PACKET_SAMPLES + "}");
                run = 0;
            }
        }
        return "[" + String.join(",", gaps) + "]";
    }
}
