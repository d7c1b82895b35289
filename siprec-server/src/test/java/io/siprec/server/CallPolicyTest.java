package io.siprec.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.siprec.core.session.CallAttribute;
import io.siprec.core.session.StreamPhase;
import io.siprec.sip.transport.Transport;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The application decides which calls are recorded, in its own time. */
@WithOneAndFourLoops
class CallPolicyTest {
    private static final String OFFER = RawDialog.sdp(RawDialog.line(40000, "1", "sendonly"));

    @Parameter
    int loops;

    @TempDir
    Path recordings;

    /** A policy whose decisions the test makes by hand. */
    private static final class Desk implements CallPolicy {
        private final BlockingQueue<CallRequest> asked = new LinkedBlockingQueue<>();
        private final CompletableFuture<CallDecision> decision = new CompletableFuture<>();

        @Override
        public CompletionStage<CallDecision> decide(CallRequest request) {
            asked.add(request);
            return decision;
        }

        CallRequest await() throws InterruptedException {
            CallRequest request = asked.poll(10, TimeUnit.SECONDS);
            assertThat(request).as("the policy is asked").isNotNull();
            return request;
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "403,Forbidden",
        "404,Unknown Tenant",
        "486,Busy Here",
        "488,Not Here",
        "503,Licence Used Up",
        "603,Decline"
    })
    void C012_aCallIsRefusedWithTheStatusOfThePolicy(int status, String reason) throws Exception {
        CompletableFuture<CallDecision> refusal =
                CompletableFuture.completedFuture(CallDecision.refuse(status, reason));
        try (TestServer server = TestServer.start(recordings, loops, builder -> builder.callPolicy(call -> refusal));
                RawDialog src = new RawDialog(server, Transport.UDP)) {
            String answer = src.invite(OFFER);
            assertThat(answer).startsWith("SIP/2.0 " + status + " " + reason + "\r\n");
            assertThat(RawMessages.header(answer, "To", "t")).contains(";tag=");
            src.acknowledge(answer, "", "");
            assertSilence(src, 700, "the ACK ends the transaction");
            assertThat(server.server().sessions()).isEmpty();
            assertNothingIsStored();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"UDP", "TCP"})
    void C013_oneTryingAtOnceAndTheAnswerWhenTheApplicationKnowsIt(Transport transport) throws Exception {
        Desk desk = new Desk();
        try (TestServer server = TestServer.start(recordings, loops, builder -> builder.callPolicy(desk));
                RawDialog src = new RawDialog(server, transport)) {
            src.sendInvite(OFFER);
            assertThat(src.client().receive()).startsWith("SIP/2.0 100 ");
            desk.await();
            assertSilence(src, 1_000, "nothing more while the application thinks");
            assertThat(server.server().sessions()).isEmpty();
            desk.decision.complete(CallDecision.accept());
            src.client().patience(10_000);
            src.accepted(src.client().receiveFinal());
            server.await("started");
            src.bye();
            server.await("ended");
        }
    }

    @Test
    void C012_aCancelWhileTheApplicationThinksLeavesNothing() throws Exception {
        Desk desk = new Desk();
        try (TestServer server = TestServer.start(
                        recordings, loops, builder -> builder.callPolicy(desk).maxSessions(1));
                RawDialog src = new RawDialog(server, Transport.UDP)) {
            String invite = src.request("INVITE", "application/sdp", OFFER);
            src.client().send(invite);
            desk.await();
            src.client()
                    .send(invite.replace("INVITE", "CANCEL")
                            .replaceFirst("(?s)Content-.*", "Content-Length: 0\r\n\r\n"));
            List<String> answers =
                    List.of(src.client().receiveFinal(), src.client().receiveFinal());
            assertThat(answers)
                    .anySatisfy(answer ->
                            assertThat(answer).startsWith("SIP/2.0 487 ").contains("CSeq: 1 INVITE"));
            desk.decision.complete(CallDecision.accept()); // too late
            try (RawDialog next = new RawDialog(server, Transport.UDP)) {
                assertThat(next.establish(OFFER)).as("the place is free again").startsWith("SIP/2.0 200 ");
                server.await("started");
                next.bye();
                server.await("ended");
            }
            assertThat(server.heard("started")).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"sip:rec@127.0.0.1,200", "sip:re%63@127.0.0.1,200", "sip:nobody@127.0.0.1,404", "sip:127.0.0.1,404"})
    void C014_theUserOfTheRequestUriDecides(String requestUri, int status) throws Exception {
        CallPolicy users = call -> CompletableFuture.completedFuture(
                call.requestUser().equals("rec") ? CallDecision.accept() : CallDecision.refuse(404, "Unknown User"));
        try (TestServer server = TestServer.start(recordings, loops, builder -> builder.callPolicy(users));
                RawDialog src = new RawDialog(server, Transport.UDP).requestUri(requestUri)) {
            String answer = src.establish(OFFER);
            assertThat(RawMessages.status(answer)).isEqualTo(status);
            if (status == 200) {
                src.bye();
                server.await("ended");
            }
        }
    }

    @Test
    void anApplicationThatIsNotReadyTakesTheCallInactive() throws Exception {
        CompletableFuture<CallDecision> notReady = CompletableFuture.completedFuture(CallDecision.acceptPaused());
        try (TestServer server = TestServer.start(recordings, loops, builder -> builder.callPolicy(call -> notReady));
                RawDialog src = new RawDialog(server, Transport.UDP)) {
            assertThat(RawDialog.directions(src.establish(OFFER))).containsExactly("inactive");
            assertThat(server.await("started").streams().get(0).phases())
                    .extracting(StreamPhase::state)
                    .containsExactly(StreamPhase.State.PAUSED);
            src.bye();
            server.await("ended");
        }
    }

    @Test
    void thePolicySeesTheCall() throws Exception {
        Desk desk = new Desk();
        desk.decision.complete(CallDecision.accept());
        try (TestServer server = TestServer.start(recordings, loops, builder -> builder.callPolicy(desk));
                RawDialog src = new RawDialog(server, Transport.TCP)) {
            src.headers("X-Tenant: blue\r\nUser-Agent: SBC/1\r\n");
            String body = RawDialog.multipart(OFFER, RawDialog.metadata("complete", "alice", "bob"));
            assertThat(src.reinvite("multipart/mixed;boundary=b", body)).startsWith("SIP/2.0 200 ");

            CallRequest seen = desk.await();
            assertThat(seen.callId()).isEqualTo(src.callId());
            assertThat(seen.requestUser()).isEqualTo("srs");
            assertThat(seen.from()).isEqualTo("<sip:src@127.0.0.1>;tag=1");
            assertThat(seen.userAgent()).isEqualTo("SBC/1");
            assertThat(seen.transport()).isEqualTo(Transport.TCP);
            assertThat(seen.source().getPort()).isEqualTo(src.client().localPort());
            assertThat(seen.siprec()).isTrue();
            assertThat(seen.metadata().orElseThrow().participants())
                    .extracting(participant -> participant.nameIds().get(0).aor())
                    .containsExactly("sip:alice@example.com", "sip:bob@example.com");
            assertThat(seen.attributes())
                    .extracting(CallAttribute::name, CallAttribute::value)
                    .contains(tuple("header.x-tenant", "blue"));
            src.bye();
            server.await("ended");
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aPolicyThatFailsCostsItsCallOnly(boolean throwing) throws Exception {
        CallPolicy broken = call -> {
            if (throwing) {
                throw new IllegalStateException("broken");
            }
            return CompletableFuture.failedFuture(new IllegalStateException("broken"));
        };
        try (TestServer server = TestServer.start(
                        recordings, loops, builder -> builder.callPolicy(broken).maxSessions(1));
                RawDialog src = new RawDialog(server, Transport.UDP);
                RawDialog next = new RawDialog(server, Transport.UDP)) {
            assertThat(src.invite(OFFER)).startsWith("SIP/2.0 500 Call Policy Failed");
            assertThat(next.invite(OFFER)).as("its place is free").startsWith("SIP/2.0 500 Call Policy Failed");
        }
    }

    private static void assertSilence(RawDialog src, int millis, String why) throws Exception {
        src.client().patience(millis);
        assertThatThrownBy(src.client()::receive).as(why).isInstanceOf(SocketTimeoutException.class);
    }

    private void assertNothingIsStored() throws Exception {
        try (var files = Files.walk(recordings)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allMatch(file -> file.toString().endsWith(".lock"));
        }
    }
}
