package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.core.Finding;
import io.siprec.sip.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger floods the port of a call. */
class FloodTest {
    @TempDir
    Path recordings;

    @Test
    void C177_aFloodIsExplainedAndTheLineBesideLosesNothing() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp flooded = new RawRtp();
                RawRtp beside = new RawRtp();
                RawRtp stranger = new RawRtp()) {
            List<Integer> to = ports(
                    src.establish(sdp(line(flooded.port(), "1", "sendonly"), line(beside.port(), "2", "sendonly"))));
            int sent = 0;
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!codes(server).contains("rtp-flood")) {
                assertThat(System.nanoTime()).as("time to be told").isLessThan(deadline);
                flooded.send(to.get(0), 1);
                beside.send(to.get(1), 1);
                stranger.send(to.get(0), 300);
                sent++;
                TimeUnit.MILLISECONDS.sleep(10);
            }
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            JsonNode one = recorded.stream("1").get("packets");
            assertThat(one.at("/rejected/source").asLong()).isPositive();
            assertThat(one.get("lost").asLong())
                    .isLessThanOrEqualTo(one.path("droppedBySystem").asLong(0));
            JsonNode two = recorded.stream("2");
            assertThat(two.at("/packets/received").asInt()).isEqualTo(sent);
            assertThat(two.at("/completeness/complete").asBoolean()).isTrue();
            assertThat(recorded.manifest().get("findings").findValuesAsText("text"))
                    .anyMatch(text -> text.matches("stream 1 \\(label 1\\) gets \\d+ packets a second .*"));
        }
    }

    private static List<String> codes(TestServer server) {
        return server.server().sessions().stream()
                .flatMap(session -> session.findings().stream())
                .map(Finding::code)
                .toList();
    }
}
