package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siprec.rtp.RecordingFormat;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.AudioSources;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcCodec;
import io.siprec.testkit.SyntheticSrc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingFormatTest {
    @TempDir
    Path recordings;

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({"WAV, PCMU, pcm16, 2", "WAV_G711, PCMU, ulaw, 1", "WAV_G711, PCMA, alaw, 1"})
    void eachSampleIsInTheFileAsItsEncodingSays(
            RecordingFormat format, SrcCodec codec, String encoding, int sampleBytes) throws Exception {
        try (TestServer server = TestServer.start(
                        recordings, 1, it -> it.recordingFormat(format).fsync(Duration.ofSeconds(1)));
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            SrcCallResult result = src.call(SrcCallSettings.builder(server.uri(Transport.UDP))
                            .codec(codec)
                            .streams(1)
                            .audio(AudioSources.noise(1))
                            .duration(Duration.ofSeconds(1))
                            .build())
                    .result()
                    .get(20, TimeUnit.SECONDS);
            RecordedCall recorded = server.awaitRecording();
            recorded.assertHoldsAllOf(result.streams().get(0));

            JsonNode stream = recorded.stream("1");
            assertThat(stream.get("encoding").asText()).isEqualTo(encoding);
            long header = sampleBytes == 2 ? 80 : 94;
            assertThat(stream.get("bytes").asLong())
                    .isEqualTo(header + sampleBytes * stream.get("samples").asLong());
        }
    }
}
