package io.siprec.server;

import static io.siprec.server.RawDialog.directions;
import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionStream;
import io.siprec.core.session.StreamPhase;
import io.siprec.core.session.StreamPhase.State;
import io.siprec.server.ControlResult.Outcome;
import io.siprec.sip.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the recorder itself changes about the streams of a session (RFC 7866 §7.2). */
class PauseTest {
    @TempDir
    Path recordings;

    private TestServer server;
    private RawDialog src;
    private RawRtp rtp;
    private String sdp;
    private String ok;
    private RecordingSession session;

    @BeforeEach
    void callWithTwoStreams() throws Exception {
        server = TestServer.start(recordings, 1, builder -> builder.shutdownTimeout(Duration.ofMillis(100)));
        src = new RawDialog(server, Transport.UDP);
        rtp = new RawRtp();
        sdp = sdp(line(rtp.port(), "1", "sendonly"), line(40002, "2", "sendonly"));
        ok = src.establish(sdp);
        session = server.await("started");
    }

    @AfterEach
    void end() throws Exception {
        rtp.close();
        src.close();
        server.close();
    }

    @Test
    void C004_C008_C091_aSessionIsPausedAndResumed() throws Exception {
        rtp.send(ports(ok).get(0), 10);
        server.awaitRtp(10);
        CompletionStage<ControlResult> paused = server.server().pause(session.id());
        String offer = src.await("INVITE");
        assertThat(directions(offer)).containsExactly("inactive", "inactive");
        assertThat(ports(offer)).as("the same lines at the same ports").isEqualTo(ports(ok));
        assertThat(RawMessages.header(offer, "Contact", "m")).contains(">;+sip.srs");
        assertThat(RawMessages.header(offer, "Require", "-")).isEqualTo("siprec");
        src.accept(offer, sdp.replace("sendonly", "inactive"));
        assertThat(result(paused)).isEqualTo(Outcome.DONE);
        assertThat(result(server.server().pause(session.id()))).as("idempotent").isEqualTo(Outcome.UNCHANGED);
        assertThat(states()).containsExactly(State.PAUSED, State.PAUSED);
        rtp.send(ports(ok).get(0), 10); // an SRC that sends all the same
        server.awaitRtp(20);

        CompletionStage<ControlResult> resumed = server.server().resume(session.id());
        String again = src.await("INVITE");
        assertThat(directions(again)).containsExactly("recvonly", "recvonly");
        assertThat(ports(again)).isEqualTo(ports(ok));
        src.accept(again, sdp);
        assertThat(result(resumed)).isEqualTo(Outcome.DONE);
        assertThat(result(server.server().resume(session.id()))).isEqualTo(Outcome.UNCHANGED);
        assertThat(states()).containsExactly(State.RECEIVING, State.RECEIVING);
        rtp.send(ports(ok).get(0), 1); // may come in the sweep that ends the pause
        server.awaitRtp(21);
        rtp.send(ports(ok).get(0), 9);
        src.bye();
        RecordingSession ended = server.await("ended");
        assertThat(ended.streams().get(0).phases())
                .extracting(StreamPhase::state)
                .containsExactly(State.RECEIVING, State.PAUSED, State.INACTIVE, State.RECEIVING);
        short[] samples = server.recorded(ended).audio("1").samples();
        assertThat(samples).as("the timeline keeps its length").hasSize(30 * 160);
        for (int i = 10 * 160; i < 20 * 160; i++) {
            assertThat(samples[i]).as("sample %d was sent in the pause", i).isZero();
        }
        assertThat(samples[10 * 160 - 1]).isNotZero();
        assertThat(samples[21 * 160]).isNotZero();
        assertThat(ended.findings()).isEmpty();
    }

    @Test
    void C091_oneStreamIsPausedAndTheSrcsOffersKeepItSo() throws Exception {
        CompletionStage<ControlResult> paused = server.server().pause(session.id(), 2);
        String offer = src.await("INVITE");
        assertThat(directions(offer)).containsExactly("recvonly", "inactive");
        src.accept(offer, sdp(line(rtp.port(), "1", "sendonly"), line(40002, "2", "inactive")));
        assertThat(result(paused)).isEqualTo(Outcome.DONE);
        assertThat(directions(src.reinvite(sdp))).containsExactly("recvonly", "inactive");
        assertThat(states()).containsExactly(State.RECEIVING, State.PAUSED);
        assertThat(result(server.server().pause(session.id(), 3))).isEqualTo(Outcome.NOT_POSSIBLE);

        CompletionStage<ControlResult> resumed = server.server().resume(session.id(), 2);
        src.accept(src.await("INVITE"), sdp);
        assertThat(result(resumed)).isEqualTo(Outcome.DONE);
        assertThat(states()).containsExactly(State.RECEIVING, State.RECEIVING);
        src.bye();
    }

    @Test
    void C091_whatTheSrcHoldsStaysHeldWhenWeResume() throws Exception {
        String held = sdp.replace("sendonly", "inactive");
        CompletionStage<ControlResult> paused = server.server().pause(session.id());
        src.accept(src.await("INVITE"), held);
        assertThat(result(paused)).isEqualTo(Outcome.DONE);
        CompletionStage<ControlResult> resumed = server.server().resume(session.id());
        src.accept(src.await("INVITE"), held);
        assertThat(result(resumed)).isEqualTo(Outcome.DONE);
        assertThat(states()).containsExactly(State.INACTIVE, State.INACTIVE);
        assertThat(directions(src.reinvite(sdp))).containsExactly("recvonly", "recvonly");
        src.bye();
    }

    @Test
    void C091_C096_aRefusedPauseIsAPauseOnOurSide() throws Exception {
        CompletionStage<ControlResult> paused = server.server().pause(session.id());
        String offer = src.await("INVITE");
        src.answer(offer, "488 Not Acceptable Here");
        src.await("ACK");
        assertThat(paused.toCompletableFuture().get(20, TimeUnit.SECONDS))
                .isEqualTo(new ControlResult(Outcome.REFUSED, 488, "the SRC answered 488"));
        assertThat(states()).containsExactly(State.PAUSED, State.PAUSED);
        rtp.send(ports(ok).get(0), 10);
        src.bye();
        RecordingSession ended = server.await("ended");
        assertThat(server.recorded(ended).stream("1").at("/packets/received").asInt())
                .isZero();
        assertThat(ended.findings()).extracting(Finding::code).containsExactly("own-offer-refused");
    }

    @Test
    void C091_glareIsTriedAgainWithWhatIsTrueThen() throws Exception {
        CompletionStage<ControlResult> paused = server.server().pause(session.id(), 1);
        String first = src.await("INVITE");
        assertThat(RawMessages.status(src.reinvite(sdp))).as("ours is open").isEqualTo(491);
        src.answer(first, "491 Request Pending");
        src.await("ACK");
        assertThat(directions(src.reinvite(sdp))).as("the SRC comes first").containsExactly("inactive", "recvonly");
        String second = src.await("INVITE");
        assertThat(directions(second)).containsExactly("inactive", "recvonly");
        src.accept(second, sdp(line(rtp.port(), "1", "inactive"), line(40002, "2", "sendonly")));
        assertThat(result(paused)).isEqualTo(Outcome.DONE);
        src.bye();
    }

    @Test
    void C091_whatIsAskedWhileAnOfferIsOutGoesIntoTheNext() throws Exception {
        CompletionStage<ControlResult> paused = server.server().pause(session.id());
        String first = src.await("INVITE");
        CompletionStage<ControlResult> dropped = server.server().dropStream(session.id(), 2);
        CompletionStage<ControlResult> resumed = server.server().resume(session.id(), 1);
        while (!server.await("changed").streams().get(0).receiving()) {
            assertThat(resumed).as("the SRC has not answered").isNotDone();
        }
        src.accept(first, sdp.replace("sendonly", "inactive"));
        String second = src.await("INVITE");
        assertThat(directions(second).get(0)).isEqualTo("recvonly");
        assertThat(ports(second).get(1)).isZero();
        src.accept(second, sdp(line(rtp.port(), "1", "sendonly"), line(0, "2", "inactive")));
        assertThat(result(paused)).isEqualTo(Outcome.DONE);
        assertThat(result(resumed)).isEqualTo(Outcome.DONE);
        assertThat(result(dropped)).isEqualTo(Outcome.DONE);
        assertThat(states()).containsExactly(State.RECEIVING, State.REMOVED);
        src.bye();
    }

    @Test
    void C092_aStreamIsDroppedByPortZeroAndNoneIsAdded() throws Exception {
        CompletionStage<ControlResult> dropped = server.server().dropStream(session.id(), 2);
        String offer = src.await("INVITE");
        assertThat(ports(offer)).containsExactly(ports(ok).get(0), 0);
        src.accept(offer, sdp(line(rtp.port(), "1", "sendonly"), line(0, "2", "inactive")));
        assertThat(result(dropped)).isEqualTo(Outcome.DONE);
        assertThat(states()).containsExactly(State.RECEIVING, State.REMOVED);
        assertThat(result(server.server().dropStream(session.id(), 2))).isEqualTo(Outcome.NOT_POSSIBLE);

        CompletionStage<ControlResult> paused = server.server().pause(session.id());
        String next = src.await("INVITE");
        assertThat(ports(next))
                .as("as many lines as before")
                .containsExactly(ports(ok).get(0), 0);
        src.accept(next, sdp(line(rtp.port(), "1", "inactive"), line(0, "2", "inactive")));
        assertThat(result(paused)).isEqualTo(Outcome.DONE);
        src.bye();
    }

    @Test
    void C092_aRefusedDropLeavesTheStream() throws Exception {
        CompletionStage<ControlResult> dropped = server.server().dropStream(session.id(), 1);
        src.answer(src.await("INVITE"), "488 Not Acceptable Here");
        src.await("ACK");
        assertThat(result(dropped)).isEqualTo(Outcome.REFUSED);
        rtp.send(ports(ok).get(0), 10);
        assertThat(RawDialog.body(src.reinvite(sdp))).isEqualTo(RawDialog.body(ok));
        src.bye();
        assertThat(server.awaitRecording().stream("1").at("/packets/received").asInt())
                .isEqualTo(10);
    }

    @Test
    void C091_anAnswerThatSaysNothingLeavesTheStreamsAsTheyWere() throws Exception {
        CompletionStage<ControlResult> resumed = server.server().pause(session.id(), 1);
        src.answer(src.await("INVITE"), "200 OK");
        src.await("ACK");
        assertThat(result(resumed)).isEqualTo(Outcome.DONE);
        src.bye();
        assertThat(server.await("ended").findings()).extracting(Finding::code).containsExactly("own-offer-unanswered");
    }

    @Test
    void C091_anAnswerWithoutLinesTakesNoStreamAway() throws Exception {
        CompletionStage<ControlResult> paused = server.server().pause(session.id(), 1);
        src.accept(src.await("INVITE"), RawDialog.SDP_HEAD);
        assertThat(result(paused)).isEqualTo(Outcome.DONE);
        assertThat(states()).containsExactly(State.PAUSED, State.RECEIVING);
        src.bye();
        assertThat(server.await("ended").findings()).extracting(Finding::code).containsExactly("own-offer-unanswered");
    }

    private List<State> states() {
        return server.server().session(session.id()).orElseThrow().streams().stream()
                .map(SessionStream::phase)
                .map(StreamPhase::state)
                .toList();
    }

    private static Outcome result(CompletionStage<ControlResult> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS).outcome();
    }
}
