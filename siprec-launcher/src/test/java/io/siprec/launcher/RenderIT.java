package io.siprec.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call with a capture, and its audio made again, both with the jar. */
class RenderIT {
    @TempDir
    Path recordings;

    @Test
    void theAudioOfACallIsMadeAgain() throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("RECORDING_CAPTURE", "all", "PORTS", "0"));
        try (LauncherProcess launcher = LauncherProcess.serve(recordings, settings)) {
            String uri = "sip:127.0.0.1:" + launcher.sipPort();
            assertThat(run("call", uri, "--seconds", "2")).contains("Answered  200 OK");
            assertThat(launcher.terminate()).isEqualTo(143);
        }
        Path session = LauncherProcess.sessions(recordings).get(0);
        JsonNode manifest = LauncherProcess.manifest(session);
        assertThat(manifest.at("/capture/packets").asInt()).isGreaterThanOrEqualTo(200);
        assertThat(manifest.at("/capture/dropped").asInt(-1)).isZero();

        Path made = recordings.resolve("made");
        String said = run("render", session.toString(), "--output", made.toString());
        assertThat(said.lines().map(line -> line.substring(line.lastIndexOf('/') + 1)))
                .containsExactly(
                        "stream-1.wav  identical to the recording", "stream-2.wav  identical to the recording");
        for (int stream = 1; stream <= 2; stream++) {
            String file = "stream-" + stream + ".wav";
            assertThat(Files.mismatch(made.resolve(file), session.resolve(file)))
                    .isEqualTo(-1);
        }
    }

    private static String run(String... arguments) throws Exception {
        Process process = LauncherProcess.command(Map.of(), arguments).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
