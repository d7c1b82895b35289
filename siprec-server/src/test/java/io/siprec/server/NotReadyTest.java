package io.siprec.server;

import static io.siprec.server.RawDialog.directions;
import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionStream;
import io.siprec.core.session.StreamPhase;
import io.siprec.core.session.StreamPhase.State;
import io.siprec.server.ControlResult.Outcome;
import io.siprec.sip.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recorder that is not ready yet (RFC 7866 §7.2, figure 7), and one that takes its time. */
class NotReadyTest {
    @TempDir
    Path recordings;

    private TestServer server;

    @AfterEach
    void end() {
        server.close();
    }

    private void start(CallPolicy policy) throws Exception {
        server = TestServer.start(
                recordings, 1, builder -> builder.callPolicy(policy).shutdownTimeout(Duration.ofMillis(100)));
    }

    @ParameterizedTest(name = "an offer in the INVITE: {0}")
    @ValueSource(booleans = {true, false})
    void C093_theReinviteComesWhenTheRecorderIsReadyAndNotBeforeTheAck(boolean offered) throws Exception {
        start(call -> CompletableFuture.completedFuture(CallDecision.acceptPaused()));
        try (RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            String sdp = sdp(line(rtp.port(), "1", "sendonly"));
            String held = sdp.replace("sendonly", "inactive");
            String ok = offered ? src.invite(sdp) : src.invite("", "");
            assertThat(directions(ok)).containsExactly("inactive");
            RecordingSession session = server.await("started");
            CompletionStage<ControlResult> ready = server.server().resume(session.id());
            String pong = src.exchange("OPTIONS", "", "");
            while (RawMessages.header(pong, "CSeq", "-").endsWith("INVITE")) {
                pong = src.client().receive(); // the 200 again
            }
            assertThat(pong).as("nothing before the ACK").startsWith("SIP/2.0 ");
            if (offered) {
                src.acknowledge(ok, "", "");
            } else {
                src.acknowledge(ok, "application/sdp", held);
            }
            String reinvite = src.await("INVITE");
            assertThat(directions(reinvite)).containsExactly("recvonly");
            assertThat(ports(reinvite)).isEqualTo(ports(ok));
            src.accept(reinvite, sdp);
            assertThat(ready.toCompletableFuture().get(20, TimeUnit.SECONDS).outcome())
                    .isEqualTo(Outcome.DONE);
            src.bye();
            assertThat(server.await("ended").streams().get(0).phases())
                    .extracting(StreamPhase::state)
                    .startsWith(State.PAUSED)
                    .endsWith(State.RECEIVING);
        }
    }

    @Test
    void C093_untilThenNothingIsRecordedAndTheSrcsOffersAreAnsweredInactive() throws Exception {
        start(call -> CompletableFuture.completedFuture(CallDecision.acceptPaused()));
        try (RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            String one = line(rtp.port(), "1", "sendonly");
            int port = ports(src.establish(sdp(one))).get(0);
            rtp.send(port, 10);
            server.awaitRtp(10);
            String grown = src.reinvite(sdp(one, line(40002, "2", "sendonly")));
            assertThat(directions(grown)).containsExactly("inactive", "inactive");
            src.bye();
            RecordingSession ended = server.await("ended");
            assertThat(ended.streams())
                    .extracting(SessionStream::phase)
                    .extracting(StreamPhase::state)
                    .containsOnly(State.PAUSED);
            assertThat(server.recorded(ended).audio("1").samples()).isEmpty();
        }
    }

    @Test
    void C102_aCancelBeforeTheDecisionLeavesNothing() throws Exception {
        CompletableFuture<CallRequest> asked = new CompletableFuture<>();
        CompletableFuture<CallDecision> decision = new CompletableFuture<>();
        start(call -> {
            asked.complete(call);
            return decision;
        });
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            String invite = src.request("INVITE", "application/sdp", sdp(line(40000, "1", "sendonly")));
            src.client().send(invite);
            asked.get(20, TimeUnit.SECONDS);
            src.client()
                    .send(invite.replace("INVITE", "CANCEL")
                            .replaceFirst("(?s)Content-Type:.*", "Content-Length: 0\r\n\r\n"));
            String first = src.client().receiveFinal();
            String second = src.client().receiveFinal();
            String toCancel = first.contains(" CANCEL\r\n") ? first : second;
            String toInvite = first.contains(" CANCEL\r\n") ? second : first;
            assertThat(toCancel).startsWith("SIP/2.0 200 ").contains(" CANCEL\r\n");
            assertThat(toInvite).startsWith("SIP/2.0 487 ").contains(" INVITE\r\n");
            src.client()
                    .send(RawMessages.inDialog(
                                    "ACK",
                                    invite,
                                    toInvite,
                                    Transport.UDP,
                                    src.client().localPort())
                            .replaceFirst("branch=[^;\r]+", "branch=" + RawDialog.branch(invite)));
            decision.complete(CallDecision.accept());
            assertThat(RawMessages.status(src.exchange("OPTIONS", "", ""))).isPositive();
            assertThat(server.server().sessions()).isEmpty();
            assertThat(server.server().statistics().streams()).isZero();
            assertThat(server.heard("started")).isZero();
            assertThat(recordings)
                    .isDirectoryNotContaining(file -> !file.toString().endsWith(".lock"));
        }
    }
}
