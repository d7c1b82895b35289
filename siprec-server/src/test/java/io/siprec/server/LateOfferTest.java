package io.siprec.server;

import static io.siprec.server.RawDialog.directions;
import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.metadata;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.SessionId;
import io.siprec.core.session.EndCause;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionParticipant;
import io.siprec.core.session.SessionStream;
import io.siprec.core.session.StreamPhase.State;
import io.siprec.sip.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** INVITEs without a session description: the recorder makes the offer (RFC 3261 §13.2.1, §14.2). */
class LateOfferTest {
    private static final String BOTH = "multipart/mixed;boundary=b";
    private static final String SDP = "application/sdp";

    @TempDir
    Path recordings;

    private TestServer server;
    private RawDialog src;
    private RawRtp rtp;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(recordings, 1, builder -> builder.shutdownTimeout(Duration.ofMillis(100)));
        src = new RawDialog(server, Transport.UDP);
        rtp = new RawRtp();
    }

    @AfterEach
    void end() throws Exception {
        rtp.close();
        src.close();
        server.close();
    }

    @Test
    void theAckBringsTheAnswer() throws Exception {
        String ok = src.invite("", "");
        assertThat(ok).startsWith("SIP/2.0 200 ");
        assertThat(RawMessages.header(ok, "Content-Type", "c")).isEqualTo(SDP);
        assertThat(directions(ok)).containsExactly("recvonly");
        assertThat(RawMessages.mediaLines(ok).get(0).formats()).contains("0", "8");
        rtp.send(ports(ok).get(0), 5); // media may be faster than the ACK
        src.acknowledge(ok, SDP, sdp(line(rtp.port(), "8", "a", "sendonly")));
        rtp.send(ports(ok).get(0), 8, 5);
        src.bye();
        RecordedCall recorded = server.awaitRecording();
        assertThat(recorded.stream("a").at("/packets/received").asInt()).isEqualTo(10);
        assertThat(recorded.audio("a").samples()).hasSize(10 * 160);
        assertThat(recorded.manifest().get("findings")).isEmpty();
    }

    @Test
    void theMetadataOfTheInviteIsTaken() throws Exception {
        String ok = src.invite("application/rs-metadata+xml", metadata("complete", "alice"));
        assertThat(directions(ok)).containsExactly("recvonly");
        src.acknowledge(ok, SDP, sdp(line(rtp.port(), "1", "sendonly")));
        src.bye();
        RecordingSession ended = server.await("ended");
        assertThat(ended.streams()).extracting(SessionStream::label).containsExactly("1");
        assertThat(ended.participants()).extracting(SessionParticipant::id).containsExactly("alice");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', nullValues = "", textBlock = """
                                | no answer
        m=audio 0 RTP/AVP 0     | the only line refused
        m=image 40000 udptl t38 | another medium
        hello                   | no session description
        """)
    void anAckWithoutAUsableAnswerEndsTheCall(String line, String why) throws Exception {
        String ok = src.invite("", "");
        int free = server.server().statistics().streams();
        assertThat(free).isOne();
        String answer = line == null ? "" : line.equals("hello") ? line : RawDialog.SDP_HEAD + line + "\r\n";
        src.acknowledge(ok, SDP, answer);
        String bye = src.await("BYE");
        assertThat(RawMessages.header(bye, "Reason", "-"))
                .contains("SIP;cause=488")
                .contains("answer");
        src.answer(bye, "200 OK");
        RecordingSession ended = server.await("ended");
        assertThat(ended.endCause()).contains(EndCause.UNUSABLE_ANSWER);
        assertThat(ended.findings()).extracting(Finding::code).contains("late-answer-unusable");
        assertThat(server.server().statistics().streams()).as("no port is kept").isZero();
        assertThat(server.server().sessions()).isEmpty();
    }

    /** Between our offer in a 200 and its answer in the ACK there is no place for another offer of ours. */
    @Test
    void C091_C097_aPauseWaitsForTheAnswerToTheOfferThatIsOut() throws Exception {
        src.establish(sdp(line(rtp.port(), "0 8", "1", "sendonly")));
        SessionId id = server.await("started").id();
        String offered = src.invite("", "");
        CompletionStage<ControlResult> paused = server.server().pause(id);
        server.await(
                src.callId(),
                session -> assertThat(session.streams().get(0).phase().state()).isEqualTo(State.PAUSED));
        src.acknowledge(offered, SDP, sdp(line(rtp.port(), "8", "1", "sendonly")));
        String offer = src.await("INVITE");
        assertThat(directions(offer)).containsExactly("inactive");
        assertThat(server.server().session(id).orElseThrow().streams().get(0).codecs())
                .as("the answer counts")
                .containsExactly("PCMA/8000");
        src.accept(offer, sdp(line(rtp.port(), "8", "1", "inactive")));
        assertThat(paused.toCompletableFuture().get(20, TimeUnit.SECONDS).outcome())
                .isEqualTo(ControlResult.Outcome.DONE);
        src.bye();
        assertThat(server.await("ended").findings()).isEmpty();
    }

    @Test
    void C097_aReinviteWithoutAnOfferGetsTheLinesThatThereAre() throws Exception {
        String sdp = sdp(line(rtp.port(), "1", "sendonly"), line(40002, "2", "sendonly"));
        String first = src.establish(sdp);
        String offered = src.invite("", "");
        assertThat(ports(offered)).isEqualTo(ports(first));
        assertThat(directions(offered)).containsExactly("recvonly", "recvonly");
        src.acknowledge(offered, SDP, sdp(line(rtp.port(), "1", "sendonly"), line(40002, "2", "inactive")));
        server.await("changed");
        String again = src.invite(
                BOTH,
                "--b\r\nContent-Type: application/rs-metadata\r\n\r\n" + metadata("complete", "alice")
                        + "\r\n--b--\r\n");
        assertThat(ports(again)).isEqualTo(ports(first));
        src.acknowledge(again, "", "");
        rtp.send(ports(first).get(0), 10);
        src.bye();
        RecordingSession ended = server.await("ended");
        assertThat(ended.streams()).extracting(SessionStream::receiving).containsOnly(false);
        assertThat(ended.findings())
                .extracting(Finding::code)
                .as("the second ACK had no answer, and the session went on")
                .containsExactly("late-answer-missing");
        assertThat(server.recorded(ended).stream("1").at("/packets/received").asInt())
                .isEqualTo(10);
        assertThat(ended.participants()).extracting(SessionParticipant::id).containsExactly("alice");
    }

    @Test
    void aDescriptionInAnAckThatNobodyAskedForIsPassedOver() throws Exception {
        String ok = src.invite(sdp(line(rtp.port(), "1", "sendonly")));
        src.acknowledge(ok, SDP, sdp(line(rtp.port(), "1", "inactive")));
        rtp.send(ports(ok).get(0), 10);
        src.bye();
        RecordingSession ended = server.await("ended");
        assertThat(server.recorded(ended).stream("1").at("/packets/received").asInt())
                .isEqualTo(10);
        assertThat(ended.findings()).extracting(Finding::code).containsExactly("ack-sdp-unexpected");
    }
}
