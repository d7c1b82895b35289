package io.siprec.server;

import static io.siprec.server.SessionViews.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.session.EndCause;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionState;
import io.siprec.core.session.SessionStream;
import io.siprec.core.session.StreamPhase;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.RecordingCheck;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcDialect;
import io.siprec.testkit.SrcLineState;
import io.siprec.testkit.SrcPhase;
import io.siprec.testkit.SrcReply;
import io.siprec.testkit.SrcRequest;
import io.siprec.testkit.SrcStreamReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the recorder itself begins in a call of a real client (RFC 7866 §7.2): pause, resume, drop, late offer, end. */
class RecorderInitiativeFlowsTest {
    @TempDir
    Path recordings;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(recordings, 2);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void C091_pausedAudioIsSilenceInFilesOfFullLength() throws Exception {
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings)) {
            RecordingSession session =
                    call.until(state -> assertThat(state.streams()).hasSize(2));
            call.play(10).untilReceived();
            done(server -> server.pause(session.id()));
            assertThat(offer(call.request()))
                    .containsPattern("(?s)a=inactive.*a=inactive")
                    .doesNotContain("recvonly");
            call.play(25);
            done(server -> server.resume(session.id()));
            assertThat(offer(call.request())).containsPattern("(?s)a=recvonly.*a=recvonly");
            call.until(state -> assertThat(stream(state, "1").phases())
                    .extracting(StreamPhase::state)
                    .startsWith(StreamPhase.State.RECEIVING, StreamPhase.State.PAUSED)
                    .endsWith(StreamPhase.State.RECEIVING)
                    .hasSizeGreaterThan(2));
            call.play(10);
            SrcCallResult result = call.hangUp();
            SrcStreamReport sent = result.streams().get(0);
            assertThat(sent.phases()).extracting(SrcPhase::firstPlace).containsExactly(0L, 36L);
            RecordedCall recorded = call.recording();
            for (SrcStreamReport stream : result.streams()) {
                recorded.assertHoldsAllOf(stream);
            }
        }
    }

    @Test
    void C091_aPauseAndAHoldOfTheSrcDontLiftEachOther() throws Exception {
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings)) {
            RecordingSession session =
                    call.until(state -> assertThat(state.streams()).hasSize(2));
            call.play(5).untilReceived();
            done(server -> server.pause(session.id()));
            call.request();
            call.reinvite(SrcRequest.offering(call.media().held(SrcLineState.INACTIVE)));
            call.play(5);
            done(server -> server.resume(session.id()));
            call.until(state -> assertThat(state.streams()).noneMatch(SessionStream::receiving));
            call.play(5);
            call.reinvite(SrcRequest.offering(call.media().resumed()));
            call.until(state -> assertThat(state.streams()).allMatch(SessionStream::receiving));
            call.play(5);
            call.hangUpAndCheckAudio();
        }
    }

    @Test
    void C092_aStreamIsDroppedAndTheOtherGoesOn() throws Exception {
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings)) {
            RecordingSession session =
                    call.until(state -> assertThat(state.streams()).hasSize(2));
            call.play(10);
            done(server -> server.dropStream(session.id(), 2));
            String offer = offer(call.request());
            assertThat(offer.split("m=")).as("lines").hasSize(3);
            assertThat(offer.substring(offer.lastIndexOf("m="))).startsWith("m=audio 0 ");
            call.until(state -> assertThat(stream(state, "2").phase().state()).isEqualTo(StreamPhase.State.REMOVED));
            call.play(10);
            assertThat(call.media().lines().get(1).state()).isEqualTo(SrcLineState.REMOVED);
            call.hangUpAndCheckAudio();
        }
    }

    @Test
    void C093_aRecorderThatIsNotReadyYetSaysSoAndBeginsLater() throws Exception {
        server.close();
        server = TestServer.start(
                recordings.resolve("paused"),
                2,
                builder ->
                        builder.callPolicy(request -> CompletableFuture.completedFuture(CallDecision.acceptPaused())));
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings)) {
            RecordingSession session =
                    call.until(state -> assertThat(state.streams()).hasSize(2));
            assertThat(new String(call.call().accepted().get().body(), StandardCharsets.UTF_8))
                    .containsPattern("(?s)a=inactive.*a=inactive");
            call.play(10);
            done(server -> server.resume(session.id()));
            assertThat(offer(call.request())).containsPattern("(?s)a=recvonly.*a=recvonly");
            call.play(10);
            SrcCallResult result = call.hangUp();
            assertThat(result.streams())
                    .allSatisfy(sent -> assertThat(sent.packetsSent()).isEqualTo(10));
            RecordedCall recorded = call.recording();
            for (SrcStreamReport sent : result.streams()) {
                recorded.assertHoldsAllOf(sent);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP"})
    void C050_C097_theRecorderMakesTheOfferOfTheWholeCall(Transport transport) throws Exception {
        SrcDialect late = SrcDialect.rfc7866().lateOffer();
        try (ScriptedCall call = ScriptedCall.place(
                server, transport, settings -> settings.streams(1).dialect(late))) {
            String offered = new String(call.call().accepted().get().body(), StandardCharsets.UTF_8);
            assertThat(offered).contains("m=audio ", "a=recvonly", "a=rtpmap:0 PCMU/8000");
            call.play(10);
            call.reinvite(SrcRequest.empty());
            call.play(10);
            SrcCallResult result = call.hangUp();
            assertThat(result.streams().get(0).packetsSent()).isEqualTo(21);
            call.recording().assertHoldsAllOf(result.streams().get(0));
        }
    }

    @Test
    void C100_theEndIsToldWithItsReason() throws Exception {
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings)) {
            RecordingSession session =
                    call.until(state -> assertThat(state.streams()).hasSize(2));
            call.play(10);
            done(server -> server.terminate(session.id(), "quota used up"));
            SipRequest bye = call.request();
            assertThat(bye.method()).isEqualTo("BYE");
            assertThat(bye.header("Reason").orElseThrow()).contains("quota used up");
            SrcCallResult result = call.result();
            RecordingSession ended =
                    call.until(state -> assertThat(state.state()).isEqualTo(SessionState.ENDED));
            assertThat(ended.endCause()).contains(EndCause.OPERATOR);
            for (SrcStreamReport sent : result.streams()) {
                server.recorded(ended).assertHoldsAllOf(sent);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {488, 491, 500})
    void C091_C096_aPauseThatTheSrcRefusesHoldsHereAllTheSame(int status) throws Exception {
        try (ScriptedCall call = ScriptedCall.place(
                server, settings -> settings.replies(request -> SrcReply.refusal(status, "As Told")))) {
            RecordingSession session =
                    call.until(state -> assertThat(state.streams()).hasSize(2));
            call.play(10).untilReceived();
            server.server().pause(session.id());
            call.request();
            call.until(state -> assertThat(state.streams()).noneMatch(SessionStream::receiving));
            call.play(10); // the client goes on sending
            SrcCallResult result = call.hangUp();
            RecordedCall recorded = call.recording();
            for (SrcStreamReport sent : result.streams()) {
                assertThat(sent.packetsSent()).isEqualTo(21);
                short[] before = Arrays.copyOf(sent.samples(), 11 * 160);
                RecordingCheck.Match match = RecordingCheck.find(
                        before, recorded.audio(sent.stream().label()).samples());
                assertThat(match.exact()).as(match.describe()).isTrue();
            }
        }
    }

    private void done(Function<SiprecServer, CompletionStage<ControlResult>> request) throws Exception {
        ControlResult result =
                request.apply(server.server()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(result.outcome()).as(result.detail()).isEqualTo(ControlResult.Outcome.DONE);
    }

    /** The offer of a re-INVITE of the recorder, which carries its feature tag (C004). */
    private static String offer(SipRequest request) {
        assertThat(request.method()).isEqualTo("INVITE");
        assertThat(request.header("Contact").orElseThrow()).contains(">;").contains("+sip.srs");
        return new String(request.body(), StandardCharsets.UTF_8);
    }
}
