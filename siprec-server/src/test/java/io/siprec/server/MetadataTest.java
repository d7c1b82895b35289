package io.siprec.server;

import static io.siprec.server.RawDialog.line;
import static io.siprec.server.RawDialog.multipart;
import static io.siprec.server.RawDialog.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.metadata.Extension;
import io.siprec.core.metadata.NameId;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.session.Attendance;
import io.siprec.core.session.Attribution;
import io.siprec.core.session.CallAttribute;
import io.siprec.core.session.EndCause;
import io.siprec.core.session.RecordedCs;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionParticipant;
import io.siprec.sip.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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

    private void restart(UnaryOperator<SiprecServer.Builder> settings) throws Exception {
        end();
        server = TestServer.start(
                recordings, 1, builder -> settings.apply(builder.shutdownTimeout(Duration.ofMillis(100))));
        src = new RawDialog(server, Transport.UDP);
    }

    @Test
    void C075_bySettingUnreadableMetadataEndsTheSession() throws Exception {
        restart(builder -> builder.endOnMetadataErrors(true));
        src.reinvite(MULTIPART, multipart(TWO_LINES, complete("1", "2")));
        src.exchange("UPDATE", TYPE, "<recording");
        String bye = src.await("BYE");
        assertThat(RawMessages.header(bye, "Reason", "-")).contains("Unreadable metadata");
        src.answer(bye, "200 OK");
        assertThat(server.await("ended").endCause()).contains(EndCause.METADATA_ERROR);
    }

    @Test
    void C078_withoutNamesNothingThatWasKeptNamesAnybody() throws Exception {
        restart(builder -> builder.keepNames(false));
        src.requestUri("sip:+12025550102@127.0.0.1");
        src.headers("P-Asserted-Identity: \"Alice\" <sip:alice@example.com>\r\nX-Caller: alice\r\n"
                + "Cisco-Guid: 1-2-3-4\r\nAllow: UPDATE\r\n");
        String metadata = complete("1", "2")
                .replace("'b'", "'+12025550101'")
                .replace("<start-time>", "<reason protocol='SIP'>Bob has hung up</reason><start-time>");
        src.reinvite(MULTIPART, multipart(TWO_LINES, metadata));
        RecordingSession session = server.await("started");
        assertThat(session.toString())
                .doesNotContain("alice", "bob", "2025550101", "2025550102")
                .doesNotContainIgnoringCase("Alice")
                .doesNotContain("Bob");
        assertThat(session.participants())
                .extracting(SessionParticipant::id)
                .containsExactly("participant-1", "participant-2");
        assertThat(heard(session, 0)).containsExactly("participant-1 proven");
        assertThat(session.attributes()).extracting(CallAttribute::name).contains("cisco-guid");
        src.bye();
        RecordedCall recorded = server.awaitRecording();
        assertThat(recorded.manifest().toString()).doesNotContainIgnoringCase("alice", "bob@");
        try (Stream<Path> files = Files.list(recorded.folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("manifest.json", "stream-1.wav", "stream-2.wav");
        }
    }

    @Test
    void C058_C067_theApplicationIsToldAllThatIsKnownWithExtensionData() throws Exception {
        String extension = "<x:call xmlns:x='urn:x' x:id='7'><x:queue>sales</x:queue></x:call>";
        String metadata = complete("1", "2").replace("</session>", extension + "</session>");
        src.reinvite(MULTIPART, multipart(TWO_LINES, metadata));
        RecordingMetadata known = server.await("started").metadata().orElseThrow();
        Extension call = known.sessions().get(0).extensions().get(0);
        assertThat(call.attributes()).containsEntry("{urn:x}id", "7");
        assertThat(call.child("queue")).map(Extension::text).contains("sales");
        assertThat(known.streams()).as("also one that is not recorded").hasSize(3);

        src.exchange("UPDATE", TYPE, document("partial", participant("carol")));
        RecordingMetadata merged = server.await("changed").metadata().orElseThrow();
        assertThat(merged.participants()).hasSize(3);
        assertThat(merged.sessions()).isEqualTo(known.sessions());
        src.bye();
        RecordedCall recorded = server.awaitRecording();
        assertThat(recorded.manifest().findValuesAsText("mode")).containsExactly("complete", "partial");
    }

    @Test
    void C077_whatAPeerWritesIsNoFileNameAndNoMarkup() throws Exception {
        String id = "../../../tmp/x";
        String name = "<script>alert(\"1\")</script>\r\n";
        src.reinvite(
                MULTIPART,
                multipart(
                        TWO_LINES,
                        complete("1", "2")
                                .replace("alice", id)
                                .replace(
                                        "<name>" + id,
                                        "<name>" + name.replace("<", "&lt;").replace("\r\n", "&#13;&#10;x"))));
        src.bye();
        RecordedCall recorded = server.awaitRecording();
        assertThat(recorded.manifest().at("/participants/0/id").asText()).isEqualTo(id);
        assertThat(recorded.manifest().at("/participants/0/names/0/name").asText())
                .isEqualTo(name + "x");
        try (Stream<Path> files = Files.walk(recordings)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .filteredOn(file -> !file.endsWith(".lock"))
                    .containsExactlyInAnyOrder("manifest.json", "metadata-0001.xml", "stream-1.wav", "stream-2.wav");
        }
    }

    @Test
    void C071_theSessionBeginsAndEndsByTheDatesOfItsMessages() throws Exception {
        Instant now = Instant.parse("2026-11-25T10:00:00Z");
        for (String dates : List.of(
                "Wed, 25 Nov 2026 09:59:58 GMT|2026-11-25T09:59:58Z",
                "|2026-11-25T10:00:00Z",
                "Fri, 01 Jan 2010 16:00:00 EST|2026-11-25T10:00:00Z",
                "Thu, 01 Jan 1970 00:00:00 GMT|2026-11-25T10:00:00Z")) {
            String date = dates.split("\\|")[0];
            restart(builder -> builder.clock(Clock.fixed(now, ZoneOffset.UTC)));
            src.headers("Allow: UPDATE\r\n" + (date.isEmpty() ? "" : "Date: " + date + "\r\n"));
            src.establish(TWO_LINES);
            assertThat(server.await("started").startedAt()).as(date).isEqualTo(dates.split("\\|")[1]);
            src.headers("Date: Wed, 25 Nov 2026 10:00:03 GMT\r\n");
            src.bye();
            RecordingSession ended = server.await("ended");
            assertThat(ended.endedAt()).contains(now.plusSeconds(3));
            boolean off = date.contains("1970");
            assertThat(ended.findings().stream().anyMatch(one -> one.code().equals("date-off")))
                    .as(date)
                    .isEqualTo(off);
        }
    }
}
