package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.metadata;
import static io.siprec.server.RawDialog.multipart;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.session.EndCause;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionParticipant;
import io.siprec.server.ControlResult.Outcome;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorder asks for a complete metadata document (RFC 7866 §9.2). */
class SnapshotTest {
    private static final String SDP = sdp(line(40000, "1", "sendonly"));
    private static final String METADATA = "application/rs-metadata+xml";

    @TempDir
    Path recordings;

    private TestServer server;
    private RawDialog src;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(recordings, 1, builder -> builder.shutdownTimeout(Duration.ofMillis(100)));
        src = new RawDialog(server, Transport.UDP);
    }

    @AfterEach
    void end() throws IOException {
        src.close();
        server.close();
    }

    @Test
    void C085_C086_C088_aPartialDocumentThatComesFirstIsAskedAboutOnce() throws Exception {
        String ok = src.invite("multipart/mixed;boundary=b", multipart(SDP, metadata("partial", "alice")));
        assertThat(ok).startsWith("SIP/2.0 200 ").doesNotContain("requestsnapshot");
        src.acknowledge(ok, "", "");
        String request = src.await("UPDATE");
        assertThat(RawMessages.header(request, "Content-Type", "c")).isEqualTo("application/rs-metadata");
        assertThat(RawMessages.header(request, "Content-Disposition", "-")).isEqualTo("recording-session");
        assertThat(RawMessages.header(request, "Require", "-")).isEqualTo("siprec");
        assertThat(RawMessages.header(request, "Contact", "m")).contains(">;+sip.srs");
        assertThat(RawMessages.header(request, "Accept", "-")).contains("application/rs-metadata");
        assertThat(RawDialog.body(request))
                .startsWith("<?xml ")
                .contains("<requestsnapshot xmlns=\"urn:ietf:params:xml:ns:recording:1\">")
                .doesNotContain("v=0");
        src.answer(request, "200 OK");

        String again = src.exchange("UPDATE", METADATA, metadata("partial", "bob"));
        assertThat(again).as("it was asked for already").startsWith("SIP/2.0 200 ");
        assertThat(again).doesNotContain("requestsnapshot");
        assertThat(src.reinvite(SDP)).as("and nothing else came in between").startsWith("SIP/2.0 200 ");
        assertThat(src.exchange("UPDATE", METADATA, metadata("complete", "carol", "dave")))
                .startsWith("SIP/2.0 200 ");
        src.bye();
        RecordingSession ended = server.await("ended");
        assertThat(ended.participants())
                .extracting(SessionParticipant::id)
                .as("the complete document is the new base")
                .contains("carol", "dave");
        assertThat(ended.findings()).extracting(Finding::code).doesNotContain("snapshot-not-sent", "snapshot-refused");
    }

    @Test
    void C085_aPartialDocumentThatSpeaksOfWhatWasNeverDefinedIsAskedAboutOnce() throws Exception {
        src.reinvite("multipart/mixed;boundary=b", multipart(SDP, metadata("complete", "alice")));
        String riddle = metadata("partial")
                .replace(
                        "</recording>",
                        "<participantstreamassoc participant_id='who'><send>what</send>"
                                + "</participantstreamassoc></recording>");
        src.client().send(src.request("UPDATE", METADATA, riddle));
        String request = src.await("UPDATE");
        assertThat(RawDialog.body(request)).contains("<requestsnapshot");
        src.answer(request, "200 OK");
        assertThat(src.exchange("UPDATE", METADATA, riddle)).as("asked once").startsWith("SIP/2.0 200 ");
        src.exchange("UPDATE", METADATA, metadata("complete", "alice", "who"));
        src.bye();
        assertThat(server.await("ended").findings()).extracting(Finding::code).doesNotContain("snapshot-not-sent");
    }

    @Test
    void C085_aCompleteDocumentOrAnUnreadableOneIsNotAskedAbout() throws Exception {
        src.reinvite("multipart/mixed;boundary=b", multipart(SDP, metadata("complete", "alice")));
        assertThat(src.exchange("UPDATE", METADATA, "<recording")).startsWith("SIP/2.0 200 ");
        assertThat(src.exchange("UPDATE", METADATA, metadata("partial", "alice")))
                .startsWith("SIP/2.0 200 ");
        src.bye(); // whatever was sent in between would have come here
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "", textBlock = """
                                                                                         | application/rs-metadata
        application/sdp, application/rs-metadata                                         | application/rs-metadata
        application/sdp, application/rs-metadata-request                                 | application/rs-metadata-request
        application/sdp, Application/RS-Metadata-Request ;q=0.5                          | application/rs-metadata-request
        application/sdp, application/rs-metadata, application/rs-metadata-request        | application/rs-metadata
        */*                                                                              | application/rs-metadata
        """)
    void C087_theMediaTypeIsOneThatTheSrcAccepts(String accept, String type) throws Exception {
        src.headers("Allow: " + RawDialog.ALLOW + "\r\n" + (accept == null ? "" : "Accept: " + accept + "\r\n"));
        src.establish(SDP);
        CompletableFuture<ControlResult> result = requestSnapshot();
        String request = src.await("UPDATE");
        assertThat(RawMessages.header(request, "Content-Type", "c")).isEqualTo(type);
        src.answer(request, "200 OK");
        assertThat(result.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void C088_C089_withoutUpdateInTheAllowOfTheSrcNothingIsAsked() throws Exception {
        src.headers("Allow: INVITE, ACK, CANCEL, BYE, OPTIONS\r\n");
        String ok = src.invite("multipart/mixed;boundary=b", multipart(SDP, metadata("partial", "alice")));
        src.acknowledge(ok, "", "");
        assertThat(requestSnapshot().get(20, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.NOT_POSSIBLE);
        src.bye();
        assertThat(server.await("ended").findings()).extracting(Finding::code).doesNotContain("snapshot-not-sent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"405 Method Not Allowed", "415 Unsupported Media Type", "488 Not Acceptable Here", "501 No"})
    void C089_aRefusalEndsTheRequestAndNothingElse(String status) throws Exception {
        src.establish(SDP);
        CompletableFuture<ControlResult> result = requestSnapshot();
        src.answer(src.await("UPDATE"), status);
        assertThat(result.get(20, TimeUnit.SECONDS))
                .isEqualTo(new ControlResult(
                        Outcome.REFUSED,
                        Integer.parseInt(status.substring(0, 3)),
                        "the SRC answered " + status.substring(0, 3)));
        src.bye();
        RecordingSession ended = server.await("ended");
        assertThat(ended.endCause()).contains(EndCause.SRC_BYE);
        assertThat(ended.findings()).extracting(Finding::code).contains("snapshot-refused");
    }

    @ParameterizedTest
    @CsvSource({"491 Request Pending, ''", "500 Busy, Retry-After: 0"})
    void C089_whatPassesIsTriedAgain(String status, String header) throws Exception {
        src.establish(SDP);
        CompletableFuture<ControlResult> result = requestSnapshot();
        String first = src.await("UPDATE");
        src.headers("Allow: " + RawDialog.ALLOW + "\r\n" + (header.isEmpty() ? "" : header + "\r\n"));
        src.answer(first, status);
        String second = src.await("UPDATE");
        assertThat(RawMessages.header(second, "CSeq", "-")).isNotEqualTo(RawMessages.header(first, "CSeq", "-"));
        assertThat(RawDialog.body(second)).isEqualTo(RawDialog.body(first));
        src.answer(second, "202 Accepted");
        assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(new ControlResult(Outcome.DONE, 202, ""));
        src.bye();
    }

    @ParameterizedTest
    @ValueSource(strings = {"481 Call/Transaction Does Not Exist", "408 Request Timeout"})
    void C089_anSrcThatKnowsNoSuchDialogEndsIt(String status) throws Exception {
        src.establish(SDP);
        CompletableFuture<ControlResult> result = requestSnapshot();
        src.answer(src.await("UPDATE"), status);
        assertThat(result.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.REFUSED);
        src.await("BYE");
        assertThat(server.await("ended").endCause()).contains(EndCause.DIALOG_LOST);
    }

    @Test
    void C086_D06_metadataInTheAnswerToTheRequestIsTaken() throws Exception {
        src.establish(SDP);
        CompletableFuture<ControlResult> result = requestSnapshot();
        src.answer(src.await("UPDATE"), "200 OK", METADATA, metadata("complete", "erin"));
        assertThat(result.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.DONE);
        src.bye();
        RecordingSession ended = server.await("ended");
        assertThat(ended.participants()).extracting(SessionParticipant::id).containsExactly("erin");
        assertThat(ended.findings()).extracting(Finding::code).containsExactly("metadata-unforeseen");
    }

    @Test
    void C086_aRequestBeforeTheAckWaitsForItAndTwoAreOne() throws Exception {
        String ok = src.invite(SDP);
        CompletableFuture<ControlResult> first = requestSnapshot();
        CompletableFuture<ControlResult> second = requestSnapshot();
        src.acknowledge(ok, "", "");
        src.answer(src.await("UPDATE"), "200 OK");
        assertThat(first.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.DONE);
        assertThat(second.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.DONE);
        src.bye();
        RecordingSession ended = server.await("ended");
        assertThat(ended.findings()).extracting(Finding::code).containsExactly("snapshot-not-sent");
        assertThat(server.server()
                        .requestSnapshot(ended.id())
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS)
                        .outcome())
                .isEqualTo(Outcome.NO_SUCH_SESSION);
    }

    private CompletableFuture<ControlResult> requestSnapshot() throws InterruptedException {
        RecordingSession session =
                server.server().sessions().stream().findFirst().orElse(null);
        RecordingSession known = session == null ? server.await("started") : session;
        return server.server().requestSnapshot(known.id()).toCompletableFuture();
    }
}
