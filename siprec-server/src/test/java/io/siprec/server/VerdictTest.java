package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.siprec.core.Finding;
import io.siprec.core.session.RecordingSession;
import io.siprec.rtp.Contribution;
import io.siprec.rtp.Gap;
import io.siprec.rtp.StreamReport;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the whole call is there: the same in the manifest, in the event of the end and in the metrics. */
class VerdictTest {
    @TempDir
    Path recordings;

    private final BlockingQueue<RecordingReport> reports = new LinkedBlockingQueue<>();
    private final Queue<String> found = new ConcurrentLinkedQueue<>();

    private TestServer start() throws Exception {
        return start(true);
    }

    private TestServer start(boolean keepNames) throws Exception {
        return TestServer.start(
                recordings,
                1,
                builder -> builder.keepNames(keepNames).listener(new SiprecListener() {
                    @Override
                    public void onFinding(RecordingSession session, Finding finding) {
                        found.add(finding.code());
                    }

                    @Override
                    public void onSessionEnded(RecordingSession session, RecordingReport report) {
                        reports.add(report);
                    }
                }));
    }

    private RecordingReport report() throws InterruptedException {
        return reports.poll(20, TimeUnit.SECONDS);
    }

    private static double meter(SimpleMeterRegistry registry, String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }

    @Test
    void theVerdictIsInTheManifestInTheEventAndInTheMetrics() throws Exception {
        AtomicLong nanos = new AtomicLong();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (TestServer server = start();
                RawRtp rtp = new RawRtp();
                RawRtp stranger = new RawRtp()) {
            new SiprecMetrics(server.server(), nanos::get).bindTo(registry);
            record(server, rtp, 0, stranger);
            assertThat(report().completeness().complete()).isTrue();
            assertThat(server.awaitRecording()
                            .manifest()
                            .at("/completeness/complete")
                            .asBoolean())
                    .isTrue();
            record(server, rtp, 5, stranger);

            RecordingReport report = report();
            assertThat(report.completeness()).hasToString("incomplete: network 100 ms");
            assertThat(report.streams()).hasSize(1);
            assertThat(report.streams().get(0).statistics().lost()).isEqualTo(5);
            RecordedCall recorded = server.awaitRecording();
            assertThat(recorded.manifest().at("/completeness/complete").asBoolean(true))
                    .isFalse();
            assertThat(recorded.manifest().at("/completeness/missingMs/network").asLong())
                    .isEqualTo(100);
            RecordingStatistics verdicts = server.server().statistics().recordings();
            assertThat(verdicts)
                    .isEqualTo(new RecordingStatistics(1, 1, Map.of(Gap.Cause.NETWORK, Duration.ofMillis(100))));

            nanos.addAndGet(1_000_000_000L);
            assertThat(meter(registry, "siprec.recordings", "verdict", "complete"))
                    .isEqualTo(1);
            assertThat(meter(registry, "siprec.recordings", "verdict", "incomplete"))
                    .isEqualTo(1);
            assertThat(meter(registry, "siprec.audio.missing", "cause", "network"))
                    .isEqualTo(0.1);
            assertThat(meter(registry, "siprec.audio.missing", "cause", "disk")).isZero();
            assertThat(meter(registry, "siprec.rtp.packets", "outcome", "received"))
                    .isEqualTo(40);
            assertThat(meter(registry, "siprec.rtp.packets", "outcome", "lost")).isEqualTo(5);
            assertThat(meter(registry, "siprec.rtp.rejected", "reason", "source"))
                    .isEqualTo(6);
            assertThat(meter(registry, "siprec.audio.blocks.dropped", "by", "queue"))
                    .isZero();
            assertThat(registry.get("siprec.sessions").gauge().value()).isZero();
        }
    }

    /** A call of 20 packets, some lost in the middle, while a stranger sends three. */
    private static void record(TestServer server, RawRtp rtp, int lost, RawRtp stranger) throws Exception {
        long before = server.server().statistics().rtpPackets();
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            int port =
                    ports(src.establish(sdp(line(rtp.port(), "1", "sendonly")))).get(0);
            rtp.send(port, 10);
            stranger.send(port, 3);
            rtp.lose(lost);
            rtp.send(port, 10);
            server.awaitRtp(before + 23);
            src.bye();
        }
    }

    @Test
    void metersOfOneLookHaveOneStateAndCostOneReading() throws Exception {
        AtomicLong nanos = new AtomicLong();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (TestServer server = start();
                RawDialog src = new RawDialog(server, Transport.UDP)) {
            new SiprecMetrics(server.server(), nanos::get).bindTo(registry);
            assertThat(registry.get("siprec.streams").gauge().value()).isZero();
            src.establish(sdp(line(40000, "1", "sendonly")));
            server.await("started");
            assertThat(registry.get("siprec.streams").gauge().value())
                    .as("read a moment ago")
                    .isZero();
            nanos.addAndGet(1_000_000_000L);
            assertThat(registry.get("siprec.streams").gauge().value()).isEqualTo(1);
            assertThat(registry.get("siprec.sessions").gauge().value()).isEqualTo(1);
            src.bye();
            server.await("ended");
        }
    }

    /** A mixer sends who is heard; its report tells its name, which is kept only where names are. */
    @ParameterizedTest(name = "names kept: {0}")
    @ValueSource(booleans = {true, false})
    void C175_C180_theReportTellsContributorsJitterAndReports(boolean keepNames) throws Exception {
        try (TestServer server = start(keepNames);
                RawDialog src = new RawDialog(server, Transport.UDP);
                DatagramSocket mixer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            int port = ports(src.establish(sdp(line(mixer.getLocalPort(), "1", "sendonly"))))
                    .get(0);
            for (int i = 0; i < 100; i++) {
                mixed(mixer, port, i, i < 50 ? new int[] {1} : new int[] {1, 2});
            }
            server.awaitRtp(100);
            byte[] named = HexFormat.of().parseHex("80c9000100000007" + "81ca000300000007" + "0103614062" + "000000");
            mixer.send(new DatagramPacket(named, named.length, InetAddress.getLoopbackAddress(), port + 1));
            src.bye();

            StreamReport stream = report().streams().get(0);
            assertThat(stream.contributions())
                    .containsExactly(new Contribution(1, 0, 16_000), new Contribution(2, 8_000, 8_000));
            assertThat(stream.statistics().rtcp().cname()).isEqualTo(keepNames ? "a@b" : "");
            JsonNode told = server.awaitRecording().stream("1");
            assertThat(told.get("contributions").toString())
                    .isEqualTo("[{\"csrc\":1,\"firstSample\":0,\"samples\":16000},"
                            + "{\"csrc\":2,\"firstSample\":8000,\"samples\":8000}]");
            assertThat(told.at("/rtcp/received").asInt()).isEqualTo(1);
            assertThat(told.at("/arrival/jitterMs").isNumber()).isTrue();
            assertThat(told.at("/arrival/jitterResolutionMs").asDouble()).isPositive();
            assertThat(Instant.parse(told.at("/arrival/first").asText()))
                    .isBeforeOrEqualTo(Instant.parse(told.at("/arrival/last").asText()));
        }
    }

    private static void mixed(DatagramSocket from, int port, int index, int... sources) throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(12 + 4 * sources.length + 160);
        packet.put((byte) (0x80 | sources.length)).put((byte) 0).putShort((short) index);
        packet.putInt(index * 160).putInt(7);
        for (int source : sources) {
            packet.putInt(source);
        }
        from.send(new DatagramPacket(packet.array(), packet.capacity(), InetAddress.getLoopbackAddress(), port));
    }

    /** The file of the second stream can't be made; the first one loses nothing. */
    @Test
    void C219_audioThatTheDiskRefusesIsAFindingAGapAndBadHealth() throws Exception {
        try (TestServer server = start();
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp one = new RawRtp();
                RawRtp two = new RawRtp()) {
            src.establish(sdp(line(one.port(), "1", "sendonly")));
            Path folder = recordings.resolve(server.await("started").directory());
            Files.createDirectories(folder.resolve("stream-2.wav"));
            List<Integer> to =
                    ports(src.reinvite(sdp(line(one.port(), "1", "sendonly"), line(two.port(), "2", "sendonly"))));
            one.send(to.get(0), 10);
            two.send(to.get(1), 10);
            server.awaitRtp(20);
            src.bye();

            RecordingReport report = report();
            RecordedCall recorded = server.awaitRecording();
            assertThat(report.completeness().missing()).containsOnlyKeys(Gap.Cause.DISK);
            assertThat(report.streams().get(0).completeness().complete()).isTrue();
            assertThat(recorded.stream("1").at("/completeness/complete").asBoolean())
                    .isTrue();
            assertThat(recorded.stream("2").at("/completeness/missingMs/disk").asLong())
                    .isEqualTo(200);
            assertThat(recorded.stream("2").at("/packets/refusedByDisk").asLong())
                    .isPositive();
            assertThat(recorded.stream("2").at("/gaps/0/cause").asText()).isEqualTo("disk");
            assertThat(recorded.stream("2").at("/error").asText()).startsWith("can't create ");
            assertThat(recorded.stream("2").has("sha256")).isFalse();
            assertThat(recorded.manifest().get("findings").findValuesAsText("code"))
                    .containsOnlyOnce("audio-not-written");
            assertThat(found).containsOnlyOnce("audio-not-written");
            assertThat(server.server().health())
                    .filteredOn(part -> part.name().equals("disk"))
                    .allSatisfy(disk -> assertThat(disk.state()).isEqualTo(ComponentHealth.State.DOWN))
                    .allSatisfy(disk -> assertThat(disk.detail()).contains("writes failed"));
            assertThat(server.server().statistics().packets().diskErrors()).isPositive();
        }
    }

    /** There was no room for it at first. */
    @Test
    void aFileThatTheDiskTookInTheEndHasItsChecksum() throws Exception {
        try (TestServer server = start();
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp one = new RawRtp();
                RawRtp two = new RawRtp()) {
            src.establish(sdp(line(one.port(), "1", "sendonly")));
            Path file = recordings.resolve(server.await("started").directory()).resolve("stream-2.wav");
            Files.createDirectories(file);
            List<Integer> to =
                    ports(src.reinvite(sdp(line(one.port(), "1", "sendonly"), line(two.port(), "2", "sendonly"))));
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (server.server().statistics().packets().diskErrors() == 0) {
                assertThat(System.nanoTime() - deadline).as("time to fail").isNegative();
                TimeUnit.MILLISECONDS.sleep(5); // on a thread of its own
            }
            Files.delete(file);
            two.send(to.get(1), 10);
            server.awaitRtp(10);
            src.bye();

            JsonNode stream = server.awaitRecording().stream("2");
            assertThat(stream.get("samples").asInt()).isEqualTo(1_600);
            assertThat(stream.get("error").asText()).startsWith("can't create ");
            assertThat(stream.get("sha256").asText())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
        }
    }
}
