package io.siprec.server;

import static io.siprec.server.RawDialog.directions;
import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.metadata;
import static io.siprec.server.RawDialog.multipart;
import static io.siprec.server.RawDialog.ports;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.SessionId;
import io.siprec.core.session.Attribution;
import io.siprec.core.session.CallAttribute;
import io.siprec.core.session.EndCause;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionParticipant;
import io.siprec.core.session.SessionStream;
import io.siprec.core.session.StreamPhase;
import io.siprec.core.session.StreamPhase.State;
import io.siprec.rtp.WavAudio;
import io.siprec.server.ControlResult.Outcome;
import io.siprec.sip.trace.SipTrace;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.ManualClock;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a recorded dialog, message by message. */
class InDialogTest {
    private static final String METADATA = "application/rs-metadata+xml";
    private static final String BOTH = "multipart/mixed;boundary=b";

    @TempDir
    Path recordings;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(recordings, 1, builder -> builder.shutdownTimeout(Duration.ofMillis(100)));
    }

    /** What is asked of a call that ends before its loop comes to the question is answered all the same. */
    @Test
    void C100_anEndThatIsOvertakenByTheSrcsByeIsTold() throws Exception {
        AtomicReference<SessionId> ending = new AtomicReference<>();
        AtomicReference<CompletionStage<ControlResult>> asked = new AtomicReference<>();
        AtomicReference<SiprecServer> recorder = new AtomicReference<>();
        SipTrace askOnBye = (direction, source, message, time) -> {
            boolean bye = direction == SipTrace.Direction.RECEIVED && (char) message.get(0) == 'B';
            if (bye) {
                asked.set(recorder.get().terminate(ending.get(), "too late")); // before the loop reads the BYE
            }
        };
        try (TestServer traced = TestServer.start(recordings, 1, builder -> builder.sip(sip -> sip.trace(askOnBye)));
                RawDialog src = new RawDialog(traced, Transport.UDP)) {
            recorder.set(traced.server());
            src.establish(sdp(line(40000, "1", "sendonly")));
            ending.set(traced.await("started").id());
            src.bye();
            assertThat(asked.get()
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS)
                            .outcome())
                    .isEqualTo(Outcome.NO_SUCH_SESSION);
            assertThat(traced.await("ended").endCause()).contains(EndCause.SRC_BYE);
        }
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void C079_aReinviteAndAnUpdateSayTheSame() throws Exception {
        String sdp = sdp(line(40000, "1", "sendonly"));
        List<RecordingSession> ended = new ArrayList<>();
        for (String method : List.of("INVITE", "UPDATE")) {
            try (RawDialog src = new RawDialog(server, Transport.UDP)) {
                src.reinvite(BOTH, multipart(sdp, metadata("complete", "alice")));
                for (String document : List.of(metadata("partial", "bob"), metadata("complete", "carol"))) {
                    String answer = method.equals("INVITE")
                            ? src.reinvite(BOTH, multipart(sdp, document))
                            : src.exchange("UPDATE", BOTH, multipart(sdp, document));
                    assertThat(answer).startsWith("SIP/2.0 200 ").contains("\r\nm=audio ");
                }
                src.bye();
                ended.add(server.await("ended"));
            }
        }
        RecordingSession byInvite = ended.get(0);
        RecordingSession byUpdate = ended.get(1);
        assertThat(byInvite.participants()).extracting(SessionParticipant::id).contains("carol");
        assertThat(byUpdate.participants())
                .extracting(SessionParticipant::id, SessionParticipant::names)
                .isEqualTo(extracted(byInvite));
        assertThat(byUpdate.findings()).isEqualTo(byInvite.findings());
    }

    private static List<Tuple> extracted(RecordingSession session) {
        return session.participants().stream()
                .map(one -> Tuple.tuple(one.id(), one.names()))
                .toList();
    }

    @Test
    void aRefreshThatChangesNothingIsNoChangeOfTheSession() throws Exception {
        String sdp = sdp(line(40000, "1", "sendonly"));
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            src.reinvite(BOTH, multipart(sdp, metadata("complete", "alice")));
            server.await("started");
            for (int i = 0; i < 5; i++) {
                src.reinvite(sdp);
            }
            src.reinvite(sdp(line(40000, "1", "inactive")));
            assertThat(server.await("changed").streams().get(0).phases())
                    .extracting(StreamPhase::state)
                    .containsExactly(State.RECEIVING, State.INACTIVE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/rs-metadata", "application/rs-metadata+xml"})
    void C080_anUpdateWithMetadataAloneLeavesTheMediaAlone(String type) throws Exception {
        try (RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            int port =
                    ports(src.establish(sdp(line(rtp.port(), "1", "sendonly")))).get(0);
            rtp.send(port, 10);
            String answer = src.exchange("UPDATE", type, metadata("complete", "alice"));
            assertThat(answer).startsWith("SIP/2.0 200 ");
            assertThat(RawDialog.body(answer)).isEmpty();
            rtp.send(port, 10);
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            assertThat(recorded.stream("1").at("/packets/received").asInt()).isEqualTo(20);
            assertThat(recorded.audio("1").samples()).hasSize(20 * 160);
            assertThat(recorded.manifest().at("/participants/0/id").asText()).isEqualTo("alice");
        }
    }

    @ParameterizedTest
    @CsvSource({"INVITE, UDP", "UPDATE, UDP", "INVITE, TCP", "UPDATE, TCP"})
    void C081_descriptionAndMetadataTogetherGetAnAnswer(String method, Transport transport) throws Exception {
        try (RawDialog src = new RawDialog(server, transport)) {
            String ok = src.establish(sdp(line(40000, "1", "sendonly")));
            String body = multipart(
                    sdp(line(40000, "1", "inactive"), line(40002, "2", "sendonly")), metadata("complete", "alice"));
            String answer = method.equals("INVITE") ? src.reinvite(BOTH, body) : src.exchange(method, BOTH, body);
            assertThat(answer).startsWith("SIP/2.0 200 ");
            assertThat(RawMessages.header(answer, "Content-Type", "c")).isEqualTo("application/sdp");
            assertThat(directions(answer)).containsExactly("inactive", "recvonly");
            assertThat(ports(answer).get(0)).isEqualTo(ports(ok).get(0));
            src.bye();
            RecordingSession ended = server.await("ended");
            assertThat(ended.streams()).extracting(SessionStream::label).containsExactly("1", "2");
            assertThat(ended.participants()).extracting(SessionParticipant::id).containsExactly("alice");
        }
    }

    @Test
    void C090_aHoldIsNoEndAndItsTimeIsKept() throws Exception {
        ManualClock clock = new ManualClock();
        server.close();
        server = TestServer.start(
                recordings, 1, builder -> builder.clock(clock.clock()).shutdownTimeout(Duration.ofMillis(100)));
        try (RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            String sdp = sdp(line(rtp.port(), "1", "sendonly"));
            int port = ports(src.establish(sdp)).get(0);
            rtp.send(port, 10);
            clock.advance(Duration.ofSeconds(2));
            assertThat(directions(src.reinvite(sdp.replace("sendonly", "inactive"))))
                    .containsExactly("inactive");
            clock.advance(Duration.ofSeconds(10));
            assertThat(directions(src.reinvite(sdp))).containsExactly("recvonly");
            rtp.send(port, 10);
            src.bye();
            RecordingSession ended = server.await("ended");
            assertThat(ended.streams()).hasSize(1);
            List<StreamPhase> phases = ended.streams().get(0).phases();
            assertThat(phases)
                    .extracting(StreamPhase::state)
                    .containsExactly(State.RECEIVING, State.INACTIVE, State.RECEIVING);
            assertThat(phases.get(1).from()).isEqualTo(ended.startedAt().plusSeconds(2));
            assertThat(phases.get(1).to()).contains(ended.startedAt().plusSeconds(12));
            assertThat(server.recorded(ended).audio("1").samples()).hasSize(20 * 160);
        }
    }

    @Test
    void C094_aLineThatWasGoneComesBackWithAnotherCodec() throws Exception {
        try (RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            String two = line(40002, "2", "sendonly");
            List<Integer> first = ports(src.establish(sdp(line(rtp.port(), "1", "sendonly"), two)));
            String three = line(40004, "3", "sendonly");
            String four = line(40006, "8", "4", "sendonly");
            List<Integer> grown = ports(src.reinvite(sdp(line(0, "1", "sendonly"), two, three, four)));
            assertThat(grown).hasSize(4).startsWith(0, first.get(1));
            String back = src.reinvite(sdp(line(rtp.port(), "8", "1", "sendonly"), two, three, four));
            assertThat(ports(back)).hasSize(4).doesNotContain(0).endsWith(grown.get(1), grown.get(2), grown.get(3));
            rtp.send(ports(back).get(0), 8, 10);
            src.bye();
            RecordingSession ended = server.await("ended");
            assertThat(ended.streams()).extracting(SessionStream::label).containsExactly("1", "2", "3", "4", "1");
            assertThat(ended.streams().get(0).phase().state()).isEqualTo(State.REMOVED);
            assertThat(ended.streams().get(4).codecs()).containsExactly("PCMA/8000");
            assertThat(WavAudio.read(recordings.resolve(ended.directory()).resolve("stream-5.wav"))
                            .samples())
                    .hasSize(10 * 160);
        }
    }

    @Test
    void C082_theMethodsThatWeTakeAreListed() throws Exception {
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            String ok = src.establish(sdp(line(40000, "1", "sendonly")));
            for (String answer : List.of(
                    ok,
                    src.exchange("OPTIONS", "", ""),
                    src.exchange("MESSAGE", "", ""),
                    src.exchange("UPDATE", "", ""))) {
                assertThat(RawMessages.header(answer, "Allow", "-").split(" *, *"))
                        .as(answer)
                        .contains("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "UPDATE", "PRACK");
            }
            src.bye();
        }
    }

    @ParameterizedTest(name = "{0} with {2}")
    @CsvSource(delimiter = '|', textBlock = """
        # method | type                         | why                     | status
        INVITE   | application/sdp              | only T.38               | 488
        UPDATE   | application/sdp              | only T.38               | 488
        INVITE   | multipart/mixed;boundary=b   | T.38 and metadata       | 488
        UPDATE   | multipart/mixed;boundary=b   | T.38 and metadata       | 488
        INVITE   | application/sdp              | no session description  | 400
        UPDATE   | application/sdp              | no session description  | 400
        UPDATE   | text/plain                   | an unknown type         | 415
        """)
    void C096_aChangeThatCannotBeTakenChangesNothing(String method, String type, String why, int status)
            throws Exception {
        String fax = RawDialog.SDP_HEAD + "m=image 40000 udptl t38\r\n";
        String body = why.equals("only T.38")
                ? fax
                : why.contains("metadata") ? multipart(fax, metadata("complete", "mallory")) : "hello\r\n";
        try (RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            String sdp = sdp(line(rtp.port(), "1", "sendonly"));
            String ok = src.reinvite(BOTH, multipart(sdp, metadata("complete", "alice")));
            int port = ports(ok).get(0);
            rtp.send(port, 10);
            String refused = method.equals("INVITE") ? src.reinvite(type, body) : src.exchange(method, type, body);
            assertThat(RawMessages.status(refused)).as(refused).isEqualTo(status);
            if (status == 488) {
                assertThat(RawMessages.header(refused, "Warning", "-")).isNotEmpty();
            }
            rtp.send(port, 10);
            assertThat(RawDialog.body(src.reinvite(sdp)))
                    .as("not even the version")
                    .isEqualTo(RawDialog.body(ok));
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            assertThat(recorded.stream("1").at("/packets/received").asInt()).isEqualTo(20);
            assertThat(recorded.manifest().at("/participants/0/id").asText()).isEqualTo("alice");
            assertThat(recorded.manifest().get("participants")).hasSize(1);
            assertThat(recorded.manifest().get("findings").findValuesAsText("code"))
                    .contains("change-refused");
        }
    }

    @Test
    void C096_aChangeThatIsRefusedTellsNothing() throws Exception {
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            src.establish(sdp(line(40000, "1", "sendonly")));
            src.headers("X-Queue: refused\r\n");
            assertThat(RawMessages.status(src.reinvite(RawDialog.SDP_HEAD + "m=image 40000 udptl t38\r\n")))
                    .isEqualTo(488);
            src.headers("X-Queue: taken\r\n");
            src.reinvite(sdp(line(40000, "1", "sendonly")));
            src.bye();
            assertThat(server.await("ended").attributes())
                    .extracting(CallAttribute::value)
                    .containsExactly("taken");
        }
    }

    @Test
    void C096_D06_metadataInAnAckIsTaken() throws Exception {
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            String ok = src.invite(sdp(line(40000, "1", "sendonly")));
            src.acknowledge(ok, METADATA, metadata("complete", "alice"));
            src.bye();
            RecordingSession ended = server.await("ended");
            assertThat(ended.participants()).extracting(SessionParticipant::id).containsExactly("alice");
            assertThat(ended.findings()).extracting(Finding::code).containsExactly("metadata-unforeseen");
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void C098_metadataInTheByeIsTakenBeforeTheRecordingCloses(boolean bare) throws Exception {
        String document = metadata("complete", "alice")
                .replace("'cs1'/>", "'cs1'><stop-time>2126-01-02T03:04:05Z</stop-time></session>");
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            src.reinvite(BOTH, multipart(sdp(line(40000, "1", "sendonly")), metadata("complete", "alice")));
            String part = "--b\r\nContent-Type: application/rs-metadata\r\n\r\n" + document + "\r\n--b--\r\n";
            String answer = bare ? src.exchange("BYE", METADATA, document) : src.exchange("BYE", BOTH, part);
            assertThat(answer).startsWith("SIP/2.0 200 ");
            RecordingSession ended = server.await("ended");
            assertThat(ended.communicationSessions().get(0).to())
                    .hasValueSatisfying(to -> assertThat(to).isEqualTo("2126-01-02T03:04:05Z"));
            assertThat(ended.endCause()).contains(EndCause.SRC_BYE);
        }
    }

    @Test
    void C098_aByeWithABodyThatCannotBeReadEndsTheCallAllTheSame() throws Exception {
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            src.establish(sdp(line(40000, "1", "sendonly")));
            assertThat(src.exchange("BYE", "multipart/mixed;boundary=never", "hello"))
                    .startsWith("SIP/2.0 200 ");
            assertThat(server.await("ended").findings())
                    .extracting(Finding::code)
                    .contains("body-unreadable");
        }
    }

    @Test
    void C098_C065_whoWasHeardMayBeToldInTheByeAlone() throws Exception {
        String document = metadata("complete", "alice")
                .replace(
                        "</recording>",
                        "<stream stream_id='a' session_id='cs1'><label>1</label></stream><participantstreamassoc"
                                + " participant_id='alice'><send>a</send></participantstreamassoc></recording>");
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            src.establish(sdp(line(40000, "1", "sendonly")));
            src.exchange("BYE", METADATA, document);
            SessionStream stream = server.await("ended").streams().get(0);
            assertThat(stream.participantIds()).containsExactly("alice");
            assertThat(stream.attributions().get(0).grade()).isEqualTo(Attribution.Grade.PROVEN);
        }
    }

    @Test
    void C098_metadataBesideWhatCannotBeReadIsTaken() throws Exception {
        String fax =
                "--b\r\nContent-Type: application/fax\r\nContent-Disposition: x;handling=required\r\n\r\nhello\r\n";
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            src.establish(sdp(line(40000, "1", "sendonly")));
            assertThat(src.exchange("BYE", BOTH, fax + multipart("hello\r\n", metadata("complete", "alice"))))
                    .startsWith("SIP/2.0 200 ");
            RecordingSession ended = server.await("ended");
            assertThat(ended.participants()).extracting(SessionParticipant::id).containsExactly("alice");
            assertThat(ended.findings())
                    .extracting(Finding::code)
                    .containsExactlyInAnyOrder("body-part-ignored", "body-unreadable");
        }
    }

    @Test
    void C099_afterTheByeNothingIsRecordedAndThePortsAreFree() throws Exception {
        try (RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            int port =
                    ports(src.establish(sdp(line(rtp.port(), "1", "sendonly")))).get(0);
            rtp.send(port, 10);
            src.bye();
            RecordingSession ended = server.await("ended");
            long bytes = server.recorded(ended).stream("1").get("bytes").asLong();
            rtp.send(port, 50);
            try (DatagramSocket free = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                assertThat(free.getLocalPort()).isEqualTo(port);
            }
            Path file = recordings.resolve(ended.directory()).resolve("stream-1.wav");
            assertThat(file).hasSize(bytes);
            assertThat(server.recorded(ended).audio("1").samples()).hasSize(10 * 160);
            assertThat(server.server().sessions()).isEmpty();
            assertThat(RawMessages.status(src.exchange("BYE", "", ""))).isEqualTo(481);
            server.close();
            assertThat(server.heard("ended")).as("told once").isOne();
        }
    }

    @Test
    void C100_aStopBeforeTheAckSendsByeAfterIt() throws Exception {
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            String ok = src.invite(sdp(line(40000, "1", "sendonly")));
            RecordingSession session = server.await("started");
            CompletionStage<ControlResult> over = server.server().terminate(session.id(), "Disk full");
            String pong = src.exchange("OPTIONS", "", "");
            while (RawMessages.header(pong, "CSeq", "-").endsWith("INVITE")) {
                pong = src.client().receive(); // the 200 again
            }
            assertThat(pong).as("no BYE before the ACK").startsWith("SIP/2.0 ");
            src.acknowledge(ok, "", "");
            String bye = src.await("BYE");
            assertThat(RawMessages.header(bye, "Reason", "-")).contains("Disk full");
            src.answer(bye, "200 OK");
            assertThat(server.await("ended").endCause()).contains(EndCause.OPERATOR);
            assertThat(over.toCompletableFuture().get(20, TimeUnit.SECONDS).outcome())
                    .isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void C102_aCancelAfterTheAnswerIsWithoutEffect() throws Exception {
        try (RawDialog src = new RawDialog(server, Transport.UDP)) {
            String invite = src.request("INVITE", "application/sdp", sdp(line(40000, "1", "sendonly")));
            src.client().send(invite);
            String ok = src.client().receiveFinal();
            String cancel =
                    invite.replace("INVITE", "CANCEL").replaceFirst("(?s)Content-Type:.*", "Content-Length: 0\r\n\r\n");
            src.client().send(cancel);
            assertThat(src.client().receiveFinal()).startsWith("SIP/2.0 200 ").contains(" CANCEL\r\n");
            assertThat(server.await("started").endCause()).isEmpty();
            src.client().send(cancel.replaceFirst("branch=[^;\r]+", "branch=z9hG4bK-other"));
            String unknown = src.client().receiveFinal();
            while (!unknown.contains(" CANCEL\r\n")) {
                unknown = src.client().receive(); // the 200 again
            }
            assertThat(unknown).startsWith("SIP/2.0 481 ");
            assertThat(server.server().sessions()).hasSize(1);
            src.client()
                    .send(RawMessages.inDialog(
                            "ACK", invite, ok, Transport.UDP, src.client().localPort()));
            src.client()
                    .send(RawMessages.inDialog(
                            "BYE", invite, ok, Transport.UDP, src.client().localPort()));
            assertThat(server.await("ended").endCause()).contains(EndCause.SRC_BYE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "REFER, 405",
        "NOTIFY, 405",
        "MESSAGE, 405",
        "SUBSCRIBE, 405",
        "PUBLISH, 405",
        "REGISTER, 405",
        "INFO, 405",
    })
    void C104_whatIsNotForARecorderLeavesTheRecordingAlone(String method, int status) throws Exception {
        try (RawDialog src = new RawDialog(server, Transport.UDP);
                RawRtp rtp = new RawRtp()) {
            int port =
                    ports(src.establish(sdp(line(rtp.port(), "1", "sendonly")))).get(0);
            rtp.send(port, 10);
            String answer = src.exchange(method, "text/plain", "hello");
            assertThat(RawMessages.status(answer)).isEqualTo(status);
            assertThat(RawMessages.header(answer, "Allow", "-"))
                    .contains("INVITE")
                    .doesNotContain(method);
            rtp.send(port, 10);
            assertThat(src.exchange("UPDATE", METADATA, metadata("complete", "alice")))
                    .startsWith("SIP/2.0 200 ");
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            assertThat(recorded.stream("1").at("/packets/received").asInt()).isEqualTo(20);
            assertThat(recorded.manifest().at("/participants/0/id").asText()).isEqualTo("alice");
        }
    }

    private enum Cut {
        RESET,
        CLOSED
    }

    @ParameterizedTest
    @EnumSource(Cut.class)
    void aConnectionThatGoesAwayEndsNoRecording(Cut cut) throws Exception {
        try (RawDialog src = new RawDialog(server, Transport.TCP);
                RawRtp rtp = new RawRtp()) {
            String sdp = sdp(line(rtp.port(), "1", "sendonly"));
            int port = ports(src.establish(sdp)).get(0);
            RecordingSession session = server.await("started");
            rtp.send(port, 10);
            if (cut == Cut.RESET) {
                src.client().reset();
            }
            src.client().close();
            rtp.send(port, 10);
            assertThat(server.server()
                            .requestSnapshot(session.id())
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS)
                            .outcome())
                    .as("nobody listens where the SRC was")
                    .isEqualTo(Outcome.NO_ANSWER);
            rtp.send(port, 10);
            src.reconnect();
            assertThat(src.reinvite(sdp)).startsWith("SIP/2.0 200 ");
            rtp.send(port, 10);
            src.bye();
            RecordedCall recorded = server.awaitRecording();
            assertThat(recorded.stream("1").at("/packets/received").asInt()).isEqualTo(40);
            assertThat(recorded.manifest().get("endCause").asText()).isEqualTo("src-bye");
        }
    }
}
