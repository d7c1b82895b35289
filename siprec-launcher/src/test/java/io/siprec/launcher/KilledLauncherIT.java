package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.rtp.G711;
import io.siprec.rtp.WavAudio;
import io.siprec.testkit.AudioSource;
import io.siprec.testkit.AudioSources;
import io.siprec.testkit.FreePorts;
import io.siprec.testkit.RecordingCheck;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcStreamReport;
import io.siprec.testkit.SyntheticSrc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a call whose recorder goes away. */
class KilledLauncherIT {
    private static final int SAMPLES_PER_PACKET = 160;
    private static final int SAMPLES_PER_SECOND = 8000;

    @TempDir
    Path recordings;

    @Test
    void C218_afterSigkillTheFilesPlayUpToTheLastSecond() throws Exception {
        try (LauncherProcess launcher = serve();
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            SrcCall call = src.call(call(launcher));
            JsonNode counts = launcher.awaitCounts(c -> c.get("rtpPackets").asInt() >= 300, Duration.ofSeconds(20));
            int heard = counts.get("rtpPackets").asInt();
            launcher.kill();
            call.hangUp();

            assertThat(heard).as("packets on two streams before the kill").isGreaterThanOrEqualTo(300);
            List<Path> sessions = LauncherProcess.sessions(recordings);
            assertThat(sessions).hasSize(1);
            assertThat(LauncherProcess.manifest(sessions.get(0)).get("state").asText())
                    .isEqualTo("recording");
            for (int stream = 1; stream <= 2; stream++) {
                WavAudio wav = WavAudio.read(sessions.get(0).resolve("stream-" + stream + ".wav"));
                int onDisk = wav.samples().length;
                assertThat(onDisk)
                        .as("samples of stream %d", stream)
                        .isGreaterThanOrEqualTo(heard / 2 * SAMPLES_PER_PACKET - SAMPLES_PER_SECOND);
                assertThat(startsLike(AudioSources.noise(stream), wav.samples()))
                        .as("stream %d holds what was sent", stream)
                        .isTrue();
            }
        }
        try (LauncherProcess next = serve()) {
            Path session = LauncherProcess.sessions(recordings).get(0);
            JsonNode manifest = awaitEnded(session);
            assertThat(next.output()).isNotEmpty();
            assertThat(manifest.get("endCause").asText()).isEqualTo("interrupted");
            for (JsonNode stream : manifest.get("streams")) {
                WavAudio wav = WavAudio.read(session.resolve(stream.get("file").asText()));
                assertThat(stream.get("samples").asInt()).isEqualTo(wav.samples().length);
                assertThat(stream.get("sha256").asText()).hasSize(64);
            }
        }
    }

    private static JsonNode awaitEnded(Path session) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        JsonNode manifest = LauncherProcess.manifest(session);
        while (!manifest.get("state").asText().equals("ended") && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50); // another process: there is nothing to be notified by
            manifest = LauncherProcess.manifest(session);
        }
        return manifest;
    }

    @Test
    void C100_onSigtermTheSrcGetsByeAndTheFilesAreFinal() throws Exception {
        try (LauncherProcess launcher = serve();
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            SrcCall call = src.call(call(launcher));
            launcher.awaitCounts(c -> c.get("rtpPackets").asInt() >= 100, Duration.ofSeconds(20));

            assertThat(launcher.terminate()).isEqualTo(143);

            SrcCallResult result = call.result().get(10, TimeUnit.SECONDS);
            assertThat(result.endedBy()).isEqualTo(SrcCallResult.EndedBy.REMOTE);
            Path session = LauncherProcess.sessions(recordings).get(0);
            JsonNode manifest = LauncherProcess.manifest(session);
            assertThat(manifest.get("state").asText()).isEqualTo("ended");
            assertThat(manifest.get("endCause").asText()).isEqualTo("shutdown");
            for (SrcStreamReport sent : result.streams()) {
                short[] recorded = WavAudio.read(
                                session.resolve("stream-" + sent.stream().label() + ".wav"))
                        .samples();
                short[] samples = sent.samples();
                short[] early = Arrays.copyOf(samples, Math.min(samples.length, 40 * SAMPLES_PER_PACKET));
                assertThat(RecordingCheck.find(early, recorded).complete()).isTrue();
            }
        }
    }

    /** All of the file, but for silence at its start, is the beginning of what was sent. */
    private static boolean startsLike(AudioSource source, short[] recorded) {
        int silence = 0;
        while (silence < recorded.length && recorded[silence] == 0) {
            silence++;
        }
        short[] sent = new short[recorded.length];
        source.read(0, sent, 0, sent.length);
        int lead = 0;
        while (lead < sent.length && G711.decodeUlaw(G711.encodeUlaw(sent[lead])) == 0) {
            lead++;
        }
        for (int i = 0; silence + i < recorded.length && lead + i < sent.length; i++) {
            short expected = G711.decodeUlaw(G711.encodeUlaw(sent[lead + i]));
            if (recorded[silence + i] != expected) {
                return false;
            }
        }
        return silence < recorded.length;
    }

    private LauncherProcess serve() throws Exception {
        return LauncherProcess.serve(
                recordings,
                Map.of("PORTS", Integer.toString(FreePorts.udpAndTcp()), "RTP_PORT_MIN", "0", "RTP_PORT_MAX", "0"));
    }

    private static SrcCallSettings call(LauncherProcess launcher) {
        return SrcCallSettings.builder("sip:127.0.0.1:" + launcher.sipPort())
                .audio(AudioSources.noise(1), AudioSources.noise(2))
                .duration(Duration.ofMinutes(2))
                .build();
    }
}
