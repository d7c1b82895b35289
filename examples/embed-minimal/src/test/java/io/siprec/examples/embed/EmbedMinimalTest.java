package io.siprec.examples.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.server.SiprecServer;
import io.siprec.testkit.FreePorts;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SyntheticSrc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedMinimalTest {
    @TempDir
    Path recordings;

    @Test
    void itRecordsACall() throws Exception {
        int port = FreePorts.udpAndTcp();
        SiprecServer server = EmbedMinimal.recorder(recordings, port);
        try (SyntheticSrc src = SyntheticSrc.builder().start()) {
            server.start();
            SrcCallResult result = src.call(SrcCallSettings.builder("sip:127.0.0.1:" + port)
                            .duration(Duration.ofSeconds(1))
                            .build())
                    .result()
                    .get(20, TimeUnit.SECONDS);
            assertThat(result.outcome()).isEqualTo(SrcCallResult.Outcome.COMPLETED);
        } finally {
            server.close();
        }
        try (var files = Files.walk(recordings)) {
            assertThat(files.filter(file -> file.toString().endsWith(".wav"))).hasSize(2);
        }
    }
}
