package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.multipart;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.metadata.NameId;
import io.siprec.core.session.Attendance;
import io.siprec.core.session.Attribution;
import io.siprec.core.session.RecordedCs;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionParticipant;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session shows of the metadata that the messages of its dialog bring (RFC 7865, RFC 8068). */
class MetadataTest {
    private static final String TWO_LINES = sdp(line(40000, "1", "sendonly"), line(40002, "2", "sendonly"));
    private static final String TYPE = "application/rs-metadata+xml";
    private static final String MULTIPART = "multipart/mixed;boundary=b";

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

    private static String document(String mode, String content) {
        return "<recording xmlns='urn:ietf:params:xml:ns:recording:1'><datamode>" + mode + "</datamode>" + content
                + "</recording>";
    }

    private static String participant(String id) {
        return "<participant participant_id='" + id + "'><nameID aor='sip:" + id + "@example.com'><name>" + id
                + "</name></nameID></participant><participantsessionassoc participant_id='" + id
                + "' session_id='s'><associate-time>2026-01-01T10:00:00Z</associate-time></participantsessionassoc>";
    }

    private static String stream(String id, String label) {
        return "<stream stream_id='" + id + "' session_id='s'><label>" + label + "</label></stream>";
    }

    private static String sends(String participant, String stream) {
        return "<participantstreamassoc participant_id='" + participant + "'>"
                + (stream.isEmpty() ? "" : "<send>" + stream + "</send>") + "<recv>x</recv></participantstreamassoc>";
    }

    private static String complete(String firstLabel, String secondLabel) {
        return document(
                "complete",
                "<group group_id='g'/><session session_id='s'><group-ref>g</group-ref>"
                        + "<start-time>2026-01-01T10:00:00Z</start-time></session>" + participant("alice")
                        + participant("bob") + stream("a", firstLabel) + stream("b", secondLabel)
                        + stream("x", "video") + sends("alice", "a") + sends("bob", "b"));
    }

    /** "alice proven" for each who is heard now. */
    private static List<String> heard(RecordingSession session, int stream) {
        return session.streams().get(stream).attributions().stream()
                .filter(one -> one.to().isEmpty())
                .map(one -> one.participantId() + " " + one.grade().id())
                .toList();
    }

    @Test
    void C059_C060_C061_C063_C064_theSessionShowsCallsParticipantsAndWhoIsHeard() throws Exception {
        src.reinvite(MULTIPART, multipart(TWO_LINES, complete("1", "2")));
        RecordingSession session = server.await("started");
        assertThat(session.communicationSessions()).hasSize(1);
        RecordedCs call = session.communicationSessions().get(0);
        assertThat(List.of(call.id(), call.groupId(), call.from().toString()))
                .containsExactly("s", "g", "2026-01-01T10:00:00Z");
        assertThat(session.participants()).extracting(SessionParticipant::name).containsExactly("alice", "bob");
        assertThat(session.participants().get(0).attendances())
                .extracting(Attendance::csId)
                .containsExactly("s");
        assertThat(heard(session, 0)).containsExactly("alice proven");
        assertThat(heard(session, 1)).containsExactly("bob proven");
        assertThat(session.findings()).isEmpty();
    }

    @Test
    void C065_C066_aReinviteRenamesTheLabels() throws Exception {
        src.reinvite(MULTIPART, multipart(TWO_LINES, complete("1", "2")));
        String crossed = sdp(line(40000, "2", "sendonly"), line(40002, "1", "sendonly"));
        src.reinvite(
                MULTIPART,
                multipart(sdp(line(40000, "7", "sendonly"), line(40002, "8", "sendonly")), complete("8", "7")));
        RecordingSession renamed = server.await("changed");
        assertThat(heard(renamed, 0))
                .as("the line is the same, its label is now Bob's")
                .containsExactly("bob proven");
        assertThat(heard(renamed, 1)).containsExactly("alice proven");
        assertThat(renamed.streams().get(0).attributions())
                .extracting(Attribution::participantId)
                .containsExactly("alice", "bob");

        src.reinvite(crossed);
        RecordingSession unmatched = server.await("changed");
        assertThat(unmatched.findings()).extracting(Finding::code).contains("metadata-labels-differ");
        assertThat(heard(unmatched, 0)).as("by order").containsExactly("alice asserted");
    }

    @Test
    void C067_aStreamWhoseLineIsRefusedStaysInTheMetadataWithoutMedia() throws Exception {
        String video = "m=video 40004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=label:video\r\na=sendonly\r\n";
        src.reinvite(MULTIPART, multipart(TWO_LINES + video, complete("1", "2")));
        RecordingSession session = server.await("started");
        assertThat(session.streams()).hasSize(2);
        assertThat(heard(session, 0)).containsExactly("alice proven");
        assertThat(heard(session, 1)).containsExactly("bob proven");
    }

    @Test
    void C083_C084_holdAndResumeAndTheEndByPartialDocuments() throws Exception {
        src.reinvite(MULTIPART, multipart(TWO_LINES, complete("1", "2")));
        assertThat(src.exchange("UPDATE", TYPE, document("partial", sends("alice", ""))))
                .startsWith("SIP/2.0 200 ");
        RecordingSession held = server.await("changed");
        assertThat(heard(held, 0)).as("Alice only receives").isEmpty();
        assertThat(heard(held, 1)).containsExactly("bob proven");
        assertThat(held.participants().get(0).names()).extracting(NameId::aor).containsExactly("sip:alice@example.com");

        src.exchange("UPDATE", TYPE, document("partial", sends("alice", "a")));
        RecordingSession resumed = server.await("changed");
        assertThat(heard(resumed, 0)).containsExactly("alice proven");
        assertThat(resumed.streams().get(0).attributions()).hasSize(2);

        String stop = "<session session_id='s'><stop-time>2026-01-01T10:09:00Z</stop-time></session>";
        src.exchange("UPDATE", TYPE, document("partial", stop));
        RecordingSession stopped = server.await("changed");
        assertThat(stopped.communicationSessions().get(0).to()).isPresent();
        assertThat(stopped.participants())
                .flatExtracting(SessionParticipant::attendances)
                .allMatch(one -> one.to().isPresent());
        assertThat(heard(stopped, 1)).isEmpty();
        assertThat(stopped.findings()).isEmpty();
    }

    @Test
    void C075_brokenMetadataIsReportedAndTheRecordingGoesOn() throws Exception {
        src.reinvite(MULTIPART, multipart(TWO_LINES, complete("1", "2")));
        for (String broken :
                List.of("<recording", "{\"recording\":{}}", "<recording xmlns='x'><session></recording>")) {
            assertThat(src.exchange("UPDATE", TYPE, broken)).startsWith("SIP/2.0 200 ");
        }
        RecordingSession session = server.await("changed");
        while (session.findings().size() < 3) {
            session = server.await("changed");
        }
        assertThat(session.findings()).extracting(Finding::code).contains("metadata-malformed");
        assertThat(heard(session, 0)).as("what was known stays").containsExactly("alice proven");
        src.bye();
        assertThat(server.awaitRecording().manifest().get("metadata")).hasSize(4);
    }
}
