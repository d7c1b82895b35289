package io.siprec.server;

import static io.siprec.server.SessionViews.heard;
import static io.siprec.server.SessionViews.present;
import static io.siprec.server.SessionViews.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionState;
import io.siprec.core.session.SessionStream;
import io.siprec.core.session.StreamPhase;
import io.siprec.server.RawMessages.MediaLine;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.Transport;
import io.siprec.testkit.RecordingCheck;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCodec;
import io.siprec.testkit.SrcLineState;
import io.siprec.testkit.SrcMedia;
import io.siprec.testkit.SrcPhase;
import io.siprec.testkit.SrcReply;
import io.siprec.testkit.SrcRequest;
import io.siprec.testkit.SrcStream;
import io.siprec.testkit.SrcStreamReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes in a recording session while it goes on (RFC 7866 §7, §9), from INVITE to files: every sample is checked. */
class Rfc7866FlowsTest {
    private static final String ANN_AND_BEN = TestDocuments.twoParties("1", "2");

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

    @ParameterizedTest(name = "{0} by {1} over {2}")
    @CsvSource({
        "INACTIVE, INVITE, UDP",
        "INACTIVE, UPDATE, TCP",
        "RECVONLY, INVITE, TCP",
        "RECVONLY, UPDATE, UDP",
        "ZERO_ADDRESS, INVITE, UDP",
        "ZERO_ADDRESS_UNSTATED, INVITE, UDP",
        "ZERO_ADDRESS_INACTIVE, INVITE, UDP",
        "ZERO_ADDRESS_INACTIVE, UPDATE, TCP",
    })
    void C042_C090_holdAndResumeInEverySpelling(SrcLineState state, String method, Transport transport)
            throws Exception {
        try (ScriptedCall call = ScriptedCall.place(server, transport, settings -> settings)) {
            call.play(10);
            List<MediaLine> held = lines(offer(call, method, call.media().held(state)));
            assertThat(held).extracting(MediaLine::port).doesNotContain(0);
            boolean open = state == SrcLineState.ZERO_ADDRESS; // an explicit sendonly counts for more than the address
            assertThat(held).extracting(MediaLine::direction).containsOnly(open ? "recvonly" : "inactive");
            RecordingSession waiting = call.until(session -> assertThat(session.streams())
                    .extracting(SessionStream::receiving)
                    .containsOnly(open));
            assertThat(SessionViews.findings(waiting).contains("sdp-hold-by-address"))
                    .as("a hold that only the address tells of")
                    .isEqualTo(state == SrcLineState.ZERO_ADDRESS_UNSTATED);
            call.play(50);
            List<MediaLine> resumed = lines(offer(call, method, call.media().resumed()));
            assertThat(resumed).extracting(MediaLine::direction).containsOnly("recvonly");
            assertThat(resumed).extracting(MediaLine::port).isEqualTo(ports(held));
            call.until(session -> assertThat(session.streams()).allMatch(SessionStream::receiving));
            call.play(10);
            RecordedCall recorded = call.hangUpAndCheckAudio();
            assertThat(recorded.manifest().get("streams")).as("one file each").hasSize(2);
        }
    }

    @Test
    void C090_oneOfTwoStreamsIsHeldAndItsPhasesAreKept() throws Exception {
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings)) {
            call.play(10);
            offer(call, "INVITE", call.media().held("1", SrcLineState.INACTIVE));
            call.play(10);
            offer(call, "INVITE", call.media().resumed());
            RecordingSession session =
                    call.until(state -> assertThat(stream(state, "1").phases()).hasSize(3));
            assertThat(stream(session, "1").phases())
                    .extracting(StreamPhase::state)
                    .containsExactly(
                            StreamPhase.State.RECEIVING, StreamPhase.State.INACTIVE, StreamPhase.State.RECEIVING);
            assertThat(stream(session, "1").phases().get(1).to())
                    .contains(stream(session, "1").phases().get(2).from());
            assertThat(stream(session, "2").phases()).hasSize(1);
            call.play(10);
            call.hangUpAndCheckAudio();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SrcLineState.class,
            names = {"SENDONLY", "SENDRECV", "UNSTATED"})
    void C030_C031_whateverTheDirectionTheAudioIsTaken(SrcLineState state) throws Exception {
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings.media(media -> media.held(state)))) {
            assertThat(lines(call.call().accepted().get()))
                    .extracting(MediaLine::direction)
                    .containsOnly("recvonly");
            call.play(10);
            call.hangUpAndCheckAudio();
        }
    }

    /** Some SRCs offer all lines inactive first and begin with a re-INVITE. */
    @Test
    void C032_aCallThatBeginsHeldIsRecordedOnceItSends() throws Exception {
        try (ScriptedCall call =
                ScriptedCall.place(server, settings -> settings.media(media -> media.held(SrcLineState.INACTIVE)))) {
            assertThat(lines(call.call().accepted().get()))
                    .extracting(MediaLine::direction)
                    .containsOnly("inactive");
            call.play(10);
            offer(call, "INVITE", call.media().resumed());
            call.play(10);
            call.hangUpAndCheckAudio();
        }
    }

    @Test
    void C094_streamsComeGoAndComeBackWithAnotherCodec() throws Exception {
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings)) {
            call.play(10);
            SrcStream third = ScriptedCall.stream("3", SrcCodec.PCMA, 3);
            SrcStream fourth = ScriptedCall.stream("4", SrcCodec.PCMU, 4);
            List<MediaLine> grown =
                    lines(offer(call, "INVITE", call.media().added(third).added(fourth)));
            assertThat(grown).extracting(MediaLine::label).containsExactly("1", "2", "3", "4");
            call.play(10);
            List<MediaLine> shrunk = lines(offer(call, "INVITE", call.media().removed("1")));
            assertThat(shrunk)
                    .extracting(MediaLine::port)
                    .startsWith(0)
                    .doesNotContain(grown.get(0).port());
            call.until(state -> assertThat(stream(state, "1").phase().state()).isEqualTo(StreamPhase.State.REMOVED));
            call.play(10);
            SrcStream again = ScriptedCall.stream("5", SrcCodec.PCMA, 5);
            List<MediaLine> back = lines(offer(call, "INVITE", call.media().replaced("1", again)));
            assertThat(back).extracting(MediaLine::label).containsExactly("5", "2", "3", "4");
            assertThat(ports(back).subList(1, 4)).isEqualTo(ports(grown).subList(1, 4));
            call.play(10);
            RecordedCall recorded = call.hangUpAndCheckAudio();
            assertThat(recorded.manifest().get("streams")).hasSize(5);
        }
    }

    @Test
    void C095_codecAndPortOfALineChangeAndTheAudioIsContinuous() throws Exception {
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings)) {
            call.play(10);
            offer(call, "INVITE", call.media().recoded("1", SrcCodec.PCMA));
            call.play(10);
            offer(call, "UPDATE", call.media().moved("1").moved("2"));
            call.play(10);
            offer(call, "INVITE", call.media().recoded("1", SrcCodec.PCMU).recoded("2", SrcCodec.PCMA));
            RecordingSession session =
                    call.until(state -> assertThat(stream(state, "2").codecs()).contains("PCMA/8000"));
            assertThat(session.streams()).hasSize(2);
            call.play(10);
            call.hangUpAndCheckAudio();
        }
    }

    /** After a transfer the audio comes from elsewhere: another port and another source in the same stream. */
    @Test
    void C095_C107_aTransferByReinviteBringsANewSource() throws Exception {
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings)) {
            call.play(10);
            SrcStream other = ScriptedCall.stream("1", SrcCodec.PCMU, 8);
            offer(call, "INVITE", call.media().replaced("1", other));
            call.play(10);
            SrcCallResult result = call.hangUp();
            RecordedCall recorded = call.recording();
            SrcStreamReport moved = result.streams().get(0);
            assertThat(moved.phases()).hasSize(2);
            for (SrcPhase phase : moved.phases()) {
                RecordingCheck.Match match =
                        RecordingCheck.find(phase.samples(), recorded.audio("1").samples());
                assertThat(match.complete()).as(match.describe()).isTrue();
            }
            recorded.assertHoldsAllOf(result.streams().get(1));
        }
    }

    @Test
    void C065_newLabelsNameTheSameStreams() throws Exception {
        String document = TestDocuments.twoParties("left", "right");
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings)) {
            call.play(10);
            SrcMedia renamed = call.media().relabelled("1", "left").relabelled("2", "right");
            SipResponse ok = call.reinvite(SrcRequest.offering(renamed).describedBy(document));
            assertThat(lines(ok)).extracting(MediaLine::label).containsExactly("left", "right");
            RecordingSession session =
                    call.until(state -> assertThat(heard(state, "left")).isEqualTo("ann proven"));
            assertThat(heard(session, "right")).isEqualTo("ben proven");
            assertThat(session.streams()).hasSize(2);
            call.play(10);
            call.hangUpAndCheckAudio();
        }
    }

    @Test
    void C096_anOfferThatCannotBeTakenDisturbsNothing() throws Exception {
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings)) {
            call.play(10);
            String fax = "v=0\r\no=- 1 9 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                    + "m=image 40000 udptl t38\r\nm=image 40002 udptl t38\r\n";
            for (SipResponse refused :
                    List.of(call.reinvite(SrcRequest.offering(fax)), call.update(SrcRequest.offering(fax)))) {
                assertThat(refused.status()).isEqualTo(488);
                assertThat(refused.header("Warning")).isPresent();
            }
            call.play(10);
            call.hangUpAndCheckAudio();
        }
    }

    @Test
    void C097_theRecorderOffersTheLinesAsTheyAre() throws Exception {
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings)) {
            List<MediaLine> first = lines(call.call().accepted().get());
            call.play(10);
            offer(call, "INVITE", call.media().held("2", SrcLineState.INACTIVE));
            List<MediaLine> offered = lines(call.reinvite(SrcRequest.empty()));
            assertThat(ports(offered)).isEqualTo(ports(first));
            call.play(10);
            call.hangUpAndCheckAudio();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE"})
    void C079_C083_C084_partialDocumentsAddToWhatACompleteOneReplaces(String method) throws Exception {
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings.metadata(bytes(ANN_AND_BEN)))) {
            call.play(5);
            SrcRequest joins = SrcRequest.offering(call.media().added(ScriptedCall.stream("3", SrcCodec.PCMU, 3)))
                    .describedBy(TestDocuments.joins("3"));
            assertThat((method.equals("INVITE") ? call.reinvite(joins) : call.update(joins)).status())
                    .isEqualTo(200);
            RecordingSession three =
                    call.until(state -> assertThat(present(state)).containsExactly("ann", "ben", "cid"));
            assertThat(heard(three, "3")).isEqualTo("cid proven");
            assertThat(heard(three, "1")).as("what the partial leaves out").isEqualTo("ann proven");
            call.play(5);
            assertThat(call.update(SrcRequest.describing(ANN_AND_BEN)).status()).isEqualTo(200);
            RecordingSession two =
                    call.until(state -> assertThat(present(state)).containsExactly("ann", "ben"));
            assertThat(two.participants()).as("cid was there").hasSize(3);
            assertThat(SessionViews.heardEver(two, "3")).isEqualTo("cid proven (ended)");
            assertThat(SessionViews.heardEver(two, "1")).as("nothing changed").isEqualTo("ann proven");
            call.play(5);
            call.hangUpAndCheckAudio();
        }
    }

    @Test
    void C085_C086_whatCannotBeUnderstoodIsAskedForOnce() throws Exception {
        byte[] partial = bytes(TestDocuments.joins("1"));
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings.metadata(partial))) {
            SipRequest asked = call.request();
            assertThat(asked.method()).isEqualTo("UPDATE");
            assertThat(new String(asked.body(), StandardCharsets.UTF_8)).contains("requestsnapshot");
            call.play(5);
            assertThat(call.update(SrcRequest.describing(ANN_AND_BEN)).status()).isEqualTo(200);
            RecordingSession known =
                    call.until(state -> assertThat(present(state)).containsExactly("ann", "ben"));
            assertThat(heard(known, "1")).isEqualTo("ann proven");
            assertThat(call.update(SrcRequest.describing(TestDocuments.joins("2")))
                            .status())
                    .isEqualTo(200);
            call.until(state -> assertThat(present(state)).containsExactly("ann", "ben", "cid"));
            call.play(5);
            call.hangUpAndCheckAudio();
            assertThat(call.call().nextRequest(Duration.ZERO)).as("asked once").isEmpty();
        }
    }

    @Test
    void C086_theApplicationAsksForASnapshot() throws Exception {
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings)) {
            RecordingSession session =
                    call.until(state -> assertThat(state.streams()).hasSize(2));
            CompletableFuture<ControlResult> sent =
                    server.server().requestSnapshot(session.id()).toCompletableFuture();
            assertThat(call.request().header("Content-Disposition")).hasValue("recording-session");
            assertThat(sent.get(10, TimeUnit.SECONDS).outcome()).isEqualTo(ControlResult.Outcome.DONE);
            assertThat(call.update(SrcRequest.describing(ANN_AND_BEN)).status()).isEqualTo(200);
            call.until(state -> assertThat(present(state)).containsExactly("ann", "ben"));
            call.play(5).hangUpAndCheckAudio();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 405, 481, 488, 491, 500})
    void C089_whateverTheSrcAnswersTheAudioIsKept(int status) throws Exception {
        try (ScriptedCall call = ScriptedCall.place(
                server,
                settings -> settings.metadata(bytes(TestDocuments.joins("1")))
                        .replies(request -> status == 200 ? SrcReply.ok() : SrcReply.refusal(status, "As Told")))) {
            assertThat(call.request().method()).isEqualTo("UPDATE");
            SrcCallResult result;
            if (status == 481) {
                assertThat(call.request().method()).as("481 ends the dialog").isEqualTo("BYE");
                result = call.call().result().get(10, TimeUnit.SECONDS);
            } else {
                call.play(5);
                result = call.hangUp();
            }
            RecordedCall recorded = call.recording();
            for (SrcStreamReport sent : result.streams()) {
                recorded.assertHoldsAllOf(sent);
            }
        }
    }

    @Test
    void C098_metadataInTheByeIsTheLastWord() throws Exception {
        try (ScriptedCall call = ScriptedCall.place(server, settings -> settings.metadata(bytes(ANN_AND_BEN)))) {
            call.until(state -> assertThat(present(state)).hasSize(2));
            call.play(5);
            call.hangUp(SrcRequest.describing(TestDocuments.over("2099-01-01T00:00:00Z")));
            RecordingSession ended =
                    call.until(state -> assertThat(state.state()).isEqualTo(SessionState.ENDED));
            assertThat(ended.communicationSessions().get(0).to()).contains(Instant.parse("2099-01-01T00:00:00Z"));
            assertThat(present(ended)).isEmpty();
            assertThat(server.recorded(ended).manifest().get("metadata")).hasSize(2);
        }
    }

    private static byte[] bytes(String document) {
        return document.getBytes(StandardCharsets.UTF_8);
    }

    private static SipResponse offer(ScriptedCall call, String method, SrcMedia media) throws Exception {
        SrcRequest offer = SrcRequest.offering(media);
        SipResponse response = method.equals("INVITE") ? call.reinvite(offer) : call.update(offer);
        assertThat(response.status()).isEqualTo(200);
        return response;
    }

    private static List<MediaLine> lines(SipResponse response) {
        return RawMessages.mediaLines("\n" + new String(response.body(), StandardCharsets.UTF_8));
    }

    private static List<Integer> ports(List<MediaLine> lines) {
        return lines.stream().map(MediaLine::port).toList();
    }
}
