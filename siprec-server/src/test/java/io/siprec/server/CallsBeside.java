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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Calls that are recorded while something else happens to the server, one over UDP and one over TCP. */
final class CallsBeside implements AutoCloseable {
    private final TestServer server;
    private final SyntheticSrc src;
    private final List<SrcCall> calls = new ArrayList<>();

    CallsBeside(TestServer server) throws Exception {
        this.server = server;
        this.src = SyntheticSrc.builder().start();
        for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
            SrcCall call = src.call(SrcCallSettings.builder(server.uri(transport))
                    .transport(transport)
                    .audio(AudioSources.noise(calls.size()), AudioSources.noise(10L + calls.size()))
                    .duration(Duration.ofMinutes(10))
                    .build());
            calls.add(call);
            call.accepted().get(20, TimeUnit.SECONDS);
        }
    }

    /** Ends the calls and looks whether every sample of them is in its file. */
    void assertWhole() throws Exception {
        Map<String, RecordedCall> recorded = new HashMap<>();
        for (SrcCall call : calls) {
            call.hangUp();
            SrcCallResult result = call.result().get(20, TimeUnit.SECONDS);
            assertThat(result.outcome()).as(result.detail()).isEqualTo(SrcCallResult.Outcome.COMPLETED);
        }
        while (!calls.stream().allMatch(call -> recorded.containsKey(call.callId()))) {
            RecordingSession ended = server.await("ended");
            if (calls.stream().anyMatch(call -> call.callId().equals(ended.callId()))) {
                recorded.put(ended.callId(), server.recorded(ended));
            }
        }
        for (SrcCall call : calls) {
            for (SrcStreamReport sent : call.result().get().streams()) {
                recorded.get(call.callId()).assertHoldsAllOf(sent);
            }
        }
    }

    @Override
    public void close() {
        src.close();
    }
}
