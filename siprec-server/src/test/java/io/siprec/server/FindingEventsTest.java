package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.metadata;
import static io.siprec.server.RawDialog.multipart;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.session.RecordingSession;
import io.siprec.sip.transport.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application hears of findings: each once, between the start and the end of its session. */
class FindingEventsTest {
    @TempDir
    Path recordings;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    private final SiprecListener failing = new SiprecListener() {
        @Override
        public void onFinding(RecordingSession session, Finding finding) {
            throw new IllegalStateException("on purpose");
        }
    };

    private final SiprecListener listener = new SiprecListener() {
        @Override
        public void onSessionStarted(RecordingSession session) {
            told.add("started");
        }

        @Override
        public void onFinding(RecordingSession session, Finding finding) {
            assertThat(session.findings()).contains(finding);
            told.add(finding.code());
        }

        @Override
        public void onSessionEnded(RecordingSession session) {
            told.add("ended");
        }
    };

    @Test
    void findingsOfEachMessageAreToldOnceAlsoWhereAnotherListenerFails() throws Exception {
        String sdp = sdp(line(40000, "1", "sendonly"));
        String odd = metadata("complete", "alice").replace("datamode", "dataMode");
        try (TestServer server = TestServer.start(
                        recordings, 1, builder -> builder.listener(failing).listener(listener));
                RawDialog src = new RawDialog(server, Transport.UDP)) {
            src.reinvite("multipart/mixed;boundary=b", multipart(sdp, odd));
            src.reinvite("multipart/mixed;boundary=b", multipart(sdp, odd));
            src.exchange("BYE", "multipart/mixed;boundary=never", "hello");
            RecordingSession ended = server.await("ended");

            assertThat(ended.findings())
                    .extracting(Finding::code)
                    .containsExactly("metadata-datamode-spelling", "body-unreadable");
        } // now the listeners have heard everything
        assertThat(told).containsExactly("started", "metadata-datamode-spelling", "body-unreadable", "ended");
    }
}
