package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.core.session.EndCause;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionState;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.AudioSource;
import io.siprec.testkit.AudioSources;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcCodec;
import io.siprec.testkit.SrcStreamReport;
import io.siprec.testkit.SyntheticSrc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole calls of the synthetic SRC against a server in this process. */
@WithOneAndFourLoops
class RecordingTest {
    @Parameter
    int loops;

    @TempDir
    Path recordings;

    @ParameterizedTest(name = "{2} streams of {1} over {0}")
    @CsvSource({"UDP, PCMU, 2", "TCP, PCMA, 2", "UDP, PCMA, 1", "TCP, PCMU, 4"})
    void C035_C099_C192_recordsEverySampleOfEveryStream(Transport transport, SrcCodec codec, int streams)
            throws Exception {
        try (TestServer server = TestServer.start(recordings, loops);
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            SrcCall call = src.call(SrcCallSettings.builder(server.uri(transport))
                    .transport(transport)
                    .streams(streams)
                    .codec(codec)
                    .audio(noise(streams))
                    .duration(Duration.ofSeconds(2))
                    .build());
            SrcCallResult result = call.result().get(20, TimeUnit.SECONDS);
            assertThat(result.outcome()).as(result.detail()).isEqualTo(SrcCallResult.Outcome.COMPLETED);

            RecordingSession started = server.await("started");
            assertThat(started.state()).isEqualTo(SessionState.RECORDING);
            assertThat(started.streams()).hasSize(streams);
            assertThat(started.callId()).isEqualTo(call.callId());
            RecordedCall recorded = server.awaitRecording();
            for (SrcStreamReport sent : result.streams()) {
                recorded.assertHoldsAllOf(sent);
            }
            checkManifest(recorded, started, streams);
            assertThat(server.server().sessions()).isEmpty();
        }
    }

    @Test
    void C216_streamsThatBeginTogetherLieTogether() throws Exception {
        try (TestServer server = TestServer.start(recordings, loops);
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            src.call(SrcCallSettings.builder(server.uri(Transport.UDP))
                            .audio(AudioSources.noise(1), AudioSources.noise(2))
                            .duration(Duration.ofSeconds(1))
                            .build())
                    .result()
                    .get(20, TimeUnit.SECONDS);
            RecordedCall recorded = server.awaitRecording();
            long first = recorded.stream("1").get("firstSampleOffset").asLong();
            long second = recorded.stream("2").get("firstSampleOffset").asLong();
            assertThat(Math.min(first, second)).isZero();
            assertThat(Math.abs(first - second))
                    .as("samples apart, 20 ms are 160")
                    .isLessThanOrEqualTo(160);
        }
    }

    @Test
    void C100_anOperatorEndsASession() throws Exception {
        try (TestServer server = TestServer.start(recordings, loops);
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            SrcCall call = src.call(longCall(server));
            RecordingSession session = server.await("started");
            assertThat(server.server().session(session.id())).isPresent();
            CompletionStage<ControlResult> over = server.server().terminate(session.id(), "by hand");

            SrcCallResult result = call.result().get(20, TimeUnit.SECONDS);
            assertThat(result.endedBy()).isEqualTo(SrcCallResult.EndedBy.REMOTE);
            RecordingSession ended = server.await("ended");
            assertThat(ended.endCause()).contains(EndCause.OPERATOR);
            assertThat(over.toCompletableFuture().get(20, TimeUnit.SECONDS).outcome())
                    .isEqualTo(ControlResult.Outcome.DONE);
            assertThat(server.server().terminate(session.id(), "again"))
                    .isCompletedWithValueMatching(late -> late.outcome() == ControlResult.Outcome.NO_SUCH_SESSION);
        }
    }

    @Test
    void C100_closingTheServerEndsEveryCallAndFinishesItsFiles() throws Exception {
        TestServer server = TestServer.start(recordings, loops);
        try (SyntheticSrc src = SyntheticSrc.builder().start()) {
            List<SrcCall> calls = List.of(src.call(longCall(server)), src.call(longCall(server)));
            server.await("started");
            server.await("started");
            server.close();

            for (SrcCall call : calls) {
                assertThat(call.result().get(20, TimeUnit.SECONDS).endedBy()).isEqualTo(SrcCallResult.EndedBy.REMOTE);
                RecordedCall recorded = server.awaitRecording();
                assertThat(recorded.manifest().get("state").asText()).isEqualTo("ended");
                assertThat(recorded.manifest().get("endCause").asText()).isEqualTo("shutdown");
            }
            server.close(); // a second time: nothing happens
        }
    }

    private void checkManifest(RecordedCall recorded, RecordingSession started, int streams) throws Exception {
        JsonNode manifest = recorded.manifest();
        assertThat(manifest.get("sessionId").asText()).isEqualTo(started.id().value());
        assertThat(manifest.get("state").asText()).isEqualTo("ended");
        assertThat(manifest.get("endCause").asText()).isEqualTo("src-bye");
        assertThat(manifest.get("streams")).hasSize(streams);
        assertThat(manifest.get("findings")).as("a clean call").isEmpty();
        assertThat(manifest.at("/participants/0/names/0/aor").asText()).startsWith("sip:");
        assertThat(manifest.at("/streams/0/participantIds/0").asText())
                .isEqualTo(manifest.at("/participants/0/id").asText());
        for (JsonNode stream : manifest.get("streams")) {
            byte[] file = Files.readAllBytes(
                    recorded.folder().resolve(stream.get("file").asText()));
            assertThat(stream.get("bytes").asLong()).isEqualTo(file.length);
            assertThat(stream.get("sha256").asText())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(file)));
        }
        assertThat(recorded.folder().resolve(manifest.at("/metadata/0/file").asText()))
                .content()
                .contains("<recording");
    }

    private static SrcCallSettings longCall(TestServer server) throws IOException {
        return SrcCallSettings.builder(server.uri(Transport.UDP))
                .duration(Duration.ofMinutes(5))
                .build();
    }

    static AudioSource[] noise(int streams) {
        AudioSource[] sources = new AudioSource[streams];
        for (int i = 0; i < streams; i++) {
            sources[i] = AudioSources.noise(1000 + i);
        }
        return sources;
    }
}
