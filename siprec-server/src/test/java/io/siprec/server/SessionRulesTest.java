package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.session.EndCause;
import io.siprec.core.session.RecordingSession;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcLineState;
import io.siprec.testkit.SyntheticSrc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long sessions last, on the clocks of the machine: the shortest times that can be set. */
class SessionRulesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path recordings;

    @Test
    void C101_aLineWithoutRtpIsReportedAndMayEndTheCall() throws Exception {
        try (TestServer server = TestServer.start(
                        recordings, 1, it -> it.rtpTimeout(SECOND).endOnRtpTimeout(true));
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            src.call(silent(server).build());
            RecordingSession ended = server.await("ended");

            assertThat(ended.endCause()).contains(EndCause.RTP_TIMEOUT);
            assertThat(ended.findings()).extracting(Finding::code).contains("rtp-silence");
            assertThat(ended.findings()).anyMatch(finding -> finding.text().contains("stream 1"));
        }
    }

    @Test
    void C101_aHeldLineIsNoSilence() throws Exception {
        try (TestServer server = TestServer.start(
                        recordings, 1, it -> it.rtpTimeout(SECOND).endOnRtpTimeout(true));
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            SrcCall call = src.call(SrcCallSettings.builder(server.uri(Transport.UDP))
                    .media(media -> media.held(SrcLineState.INACTIVE))
                    .untilHungUp()
                    .build());
            call.played(Duration.ofSeconds(2)).get(10, TimeUnit.SECONDS);
            call.hangUp();
            RecordingSession ended = server.await("ended");

            assertThat(ended.endCause()).contains(EndCause.SRC_BYE);
            assertThat(ended.findings()).isEmpty();
        }
    }

    @Test
    void aSessionThatIsIdleEnds() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1, it -> it.sessionTimeout(SECOND));
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            src.call(silent(server).build());

            assertThat(server.await("ended").endCause()).contains(EndCause.IDLE);
        }
    }

    @Test
    void C011_aSessionWithoutMediaLastsAsLongAsTheSrcKnowsIt() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1, it -> it.sessionTimeout(SECOND));
                RawSipClient client = server.client(Transport.TCP)) {
            new RawCall(client, server).playHeld(3);
            RecordingSession ended = server.await("ended");

            assertThat(ended.endCause()).contains(EndCause.DIALOG_LOST);
            assertThat(Duration.between(ended.startedAt(), ended.endedAt().orElseThrow()))
                    .isGreaterThan(SECOND.multipliedBy(3));
        }
    }

    @Test
    void aSessionLastsNoLongerThanItMay() throws Exception {
        try (TestServer server = TestServer.start(recordings, 1, it -> it.maxDuration(SECOND));
                SyntheticSrc src = SyntheticSrc.builder().start()) {
            SrcCall call = src.call(SrcCallSettings.builder(server.uri(Transport.UDP))
                    .untilHungUp()
                    .build());
            RecordingSession ended = server.await("ended");

            assertThat(ended.endCause()).contains(EndCause.MAX_DURATION);
            assertThat(call.nextRequest(Duration.ofSeconds(5)).orElseThrow().header("Reason"))
                    .contains("SIP;cause=200;text=\"Maximum duration of a recording reached\"");
        }
    }

    /** A call whose lines should carry audio and don't. */
    private static SrcCallSettings.Builder silent(TestServer server) throws Exception {
        return SrcCallSettings.builder(server.uri(Transport.UDP))
                .media(media -> media.held(SrcLineState.ZERO_ADDRESS))
                .untilHungUp();
    }
}
