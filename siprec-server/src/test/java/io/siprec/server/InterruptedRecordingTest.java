package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.core.session.RecordingSession;
import io.siprec.rtp.WavAudio;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server does with what others left in its directory. */
class InterruptedRecordingTest {
    private static final int HEADER_BYTES = 80;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path recordings;

    @TempDir
    Path afterCrash;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void C218_whatACrashLeftIsRepairedByTheNextStart(boolean captured) throws Exception {
        String session = copyOfALiveSession();
        Path folder = afterCrash.resolve(session);
        Path wav = folder.resolve("stream-1.wav");
        long samples = (Files.size(wav) - HEADER_BYTES) / 2;
        Files.write(wav, new byte[2 * 80 + 1], StandardOpenOption.APPEND); // their header never came
        Files.write(folder.resolve("mix.wav.part"), new byte[10]);
        Files.delete(folder.resolve("stream-2.wav"));
        ObjectNode left = (ObjectNode) manifest(folder);
        left.putArray("parts").addObject().put("file", "part-0001.bin").put("type", "text/plain");
        left.putObject("capture").put("file", "call.pcapng").put("scope", "all").put("decrypted", false);
        Files.write(folder.resolve("manifest.json"), JSON.writeValueAsBytes(left));
        Files.write(folder.resolve("part-0001.bin"), new byte[3]);
        if (captured) {
            Files.write(folder.resolve("call.pcapng"), new byte[5]);
        }

        try (TestServer next = TestServer.start(afterCrash, 1)) {
            JsonNode manifest = awaitEnded(folder);

            ManifestSchema.check(manifest);
            assertThat(next.server().sessions()).isEmpty();
            assertThat(manifest.get("endCause").asText()).isEqualTo("interrupted");
            JsonNode stream = manifest.at("/streams/0");
            assertThat(stream.get("samples").asLong()).isEqualTo(samples + 80);
            assertThat(WavAudio.read(wav).samples()).hasSize((int) samples + 80);
            assertThat(stream.get("sha256").asText()).hasSize(64);
            assertThat(manifest.at("/parts/0/sha256").asText()).hasSize(64);
            assertThat(manifest.has("capture")).isEqualTo(captured);
            assertThat(manifest.at("/capture/sha256").asText()).hasSize(captured ? 64 : 0);
            assertThat(manifest.at("/streams/1/error").asText()).isEqualTo("there is no file");
            assertThat(folder.resolve("mix.wav.part")).doesNotExist();
        }
    }

    @Test
    void sessionsOfAServerThatLivesAreLeftAlone() throws Exception {
        String dead = copyOfALiveSession();
        Path beside = recordings.resolve(dead).resolveSibling("01a21227-fa37-77f1-88b9-2c11158a73fb");
        try (TestServer living = TestServer.start(recordings, 1, it -> it.nodeId("living"));
                RawDialog src = new RawDialog(living, Transport.UDP)) {
            src.establish(sdp(line(40000, "1", "sendonly")));
            RecordingSession session = living.await("started");
            awaitFiles(recordings.resolve(session.directory()), "manifest.json");
            copy(afterCrash.resolve(dead), beside);
            try (TestServer other = TestServer.start(recordings, 1, it -> it.nodeId("other"))) {
                awaitEnded(beside);
                assertThat(other.server().sessions()).isEmpty();
            }

            assertThat(manifest(recordings.resolve(session.directory()))
                            .get("state")
                            .asText())
                    .isEqualTo("recording");
            src.bye();
            assertThat(living.awaitRecording().manifest().get("endCause").asText())
                    .isEqualTo("src-bye");
        }
        try (Stream<Path> files = Files.list(recordings)) {
            assertThat(files)
                    .as("locks go with their servers")
                    .noneMatch(file -> file.toString().endsWith(".lock"));
        }
    }

    /** As a crash leaves one: its folder below the root. */
    private String copyOfALiveSession() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            List<Integer> to =
                    ports(src.establish(sdp(line(rtp.port(), "1", "sendonly"), line(40002, "2", "inactive"))));
            RecordingSession session = server.await("started");
            rtp.send(to.get(0), 50);
            server.awaitRtp(50);
            awaitFiles(recordings.resolve(session.directory()), "manifest.json", "stream-1.wav", "stream-2.wav");
            copy(recordings.resolve(session.directory()), afterCrash.resolve(session.directory()));
            return session.directory();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static JsonNode awaitEnded(Path folder) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!manifest(folder).get("state").asText().equals("ended") && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(10); // another thread: there is nothing to be notified by
        }
        JsonNode manifest = manifest(folder);
        assertThat(manifest.get("state").asText()).isEqualTo("ended");
        return manifest;
    }

    private static void awaitFiles(Path folder, String... names) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        for (String name : names) {
            Path file = folder.resolve(name);
            while ((!Files.exists(file) || Files.size(file) < HEADER_BYTES) && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(10); // another thread: there is nothing to be notified by
            }
        }
    }

    private static JsonNode manifest(Path folder) throws IOException {
        return JSON.readTree(folder.resolve("manifest.json").toFile());
    }
}
