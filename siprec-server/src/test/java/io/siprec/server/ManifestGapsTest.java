package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.sip.transport.Transport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifest says of each file what it lacks. */
class ManifestGapsTest {
    @TempDir
    Path recordings;

    @Test
    void lostPacketsAreMissingAndSilenceThatNobodySentIsNot() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1);
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            List<Integer> ports =
                    ports(src.establish(sdp(line(rtp.port(), "1", "sendonly"), line(40002, "2", "inactive"))));
            rtp.send(ports.get(0), 10);
            rtp.lose(2);
            rtp.send(ports.get(0), 10);
            server.awaitRtp(20);
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            ManifestSchema.check(recorded.manifest());

            JsonNode heard = recorded.stream("1");
            assertThat(heard.at("/completeness/complete").asBoolean()).isFalse();
            assertThat(heard.at("/completeness/missingMs").toString()).isEqualTo("{\"network\":40}");
            assertThat(heard.get("gaps").toString())
                    .isEqualTo("[{\"cause\":\"network\",\"firstSample\":1600,\"samples\":320}]");
            JsonNode held = recorded.stream("2");
            assertThat(held.at("/completeness/complete").asBoolean())
                    .as("nothing was to come")
                    .isTrue();
            assertThat(held.at("/completeness/missingMs")).isEmpty();
        }
    }
}
