package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.session.RecordingSession;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.AudioSources;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcStreamReport;
import io.siprec.testkit.SyntheticSrc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

@ParameterizedClass(name = "{0} loops")
@CsvSource({"1, PT10S", "4, PT3S"})
class FiftyCallsTest {
    private static final int CALLS = 50;

    @Parameter(0)
    int loops;

    @Parameter(1)
    Duration length;

    @TempDir
    Path recordings;

    @Test
    void fiftyTwoStreamCallsLoseNoPacketAndNoSample() throws Exception {
        try (TestServer server = TestServer.start(recordings, loops);
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            List<SrcCall> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                Transport transport = i % 2 == 0 ? Transport.UDP : Transport.TCP;
                calls.add(src.call(SrcCallSettings.builder(server.uri(transport))
                        .transport(transport)
                        .audio(AudioSources.noise(2L * i), AudioSources.noise(2L * i + 1))
                        .duration(length)
                        .seed(i)
                        .build()));
            }
            Map<String, RecordedCall> recorded = new HashMap<>();
            for (int i = 0; i < CALLS; i++) {
                RecordingSession ended = server.await("ended");
                recorded.put(ended.callId(), RecordedCall.of(recordings, ended));
            }
            for (SrcCall call : calls) {
                SrcCallResult result = call.result().get(5, TimeUnit.SECONDS);
                assertThat(result.outcome()).as(result.detail()).isEqualTo(SrcCallResult.Outcome.COMPLETED);
                for (SrcStreamReport sent : result.streams()) {
                    assertThat(sent.packetsSent()).isEqualTo(length.toMillis() / 20);
                    recorded.get(call.callId()).assertHoldsAllOf(sent);
                }
            }
            assertThat(server.server().statistics().rtpPackets()).isEqualTo(CALLS * 2 * length.toMillis() / 20);
        }
    }
}
