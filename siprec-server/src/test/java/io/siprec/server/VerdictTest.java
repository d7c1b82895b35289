package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.siprec.core.Finding;
import io.siprec.core.session.RecordingSession;
import io.siprec.rtp.Gap;
import io.siprec.sip.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** Whether the whole call is there: the same in the manifest, in the event of the end and in the metrics. */
class VerdictTest {
    @TempDir
    Path recordings;

    private final BlockingQueue<RecordingReport> reports = new LinkedBlockingQueue<>();
    private final Queue<String> found = new ConcurrentLinkedQueue<>();

    private TestServer start() throws Exception {
        return TestServer.start(
                recordings,
                1,
                builder -> builder.listener(new SiprecListener() {
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
}
