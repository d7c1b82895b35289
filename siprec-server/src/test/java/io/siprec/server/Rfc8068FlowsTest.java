package io.siprec.server;

import static io.siprec.server.SessionViews.heard;
import static io.siprec.server.SessionViews.heardEver;
import static io.siprec.server.SessionViews.participant;
import static io.siprec.server.SessionViews.present;
import static io.siprec.server.SessionViews.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.siprec.core.session.Attendance;
import io.siprec.core.session.RecordedCs;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionLink;
import io.siprec.core.session.SessionStream;
import io.siprec.sip.message.SipResponse;
import io.siprec.testkit.SrcRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The call flows of RFC 8068 from INVITE to files: who took part, who is heard where, and every sample. */
class Rfc8068FlowsTest {
    private static final String[] FOUR = {"96", "97", "98", "99"};

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

    @ParameterizedTest
    @EnumSource
    void C105_aBasicCallHasFourStreamsAndTwoParticipants(FlowDocuments flow) throws Exception {
        try (ScriptedCall call = fourStreams(flow)) {
            RecordingSession session =
                    call.until(state -> assertThat(state.streams()).hasSize(4));
            assertThat(present(session)).containsExactly("alice", "bob");
            assertThat(participant(session, "alice").name()).isEqualTo("Alice");
            assertThat(running(session)).hasSize(1);
            RecordedCs cs = running(session).get(0);
            assertThat(cs.groupId()).isNotEmpty().doesNotContainAnyWhitespaces();
            assertThat(cs.sipSessionIds())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains(";remote=")
                    .doesNotContain(" ");
            assertHeard(session, "alice proven", "alice proven", "bob proven", "bob proven");
            call.play(20);
            RecordedCall recorded = call.hangUpAndCheckAudio();
            assertThat(recorded.manifest().get("streams")).hasSize(4);
        }
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({"OWN, INVITE", "OWN, UPDATE", "RFC8068, INVITE"})
    void C106_holdAndResumeByMetadataLeaveTheMediaAlone(FlowDocuments flow, String method) throws Exception {
        try (ScriptedCall call = fourStreams(flow)) {
            call.play(10);
            describe(call, method, flow.document("3.2.2-1"));
            RecordingSession held = call.until(state -> assertHeard(state, "", "", "bob proven", "bob proven"));
            assertThat(held.streams()).allMatch(SessionStream::receiving);
            assertThat(present(held)).containsExactly("alice", "bob");
            assertThat(participant(held, "alice").name())
                    .as("what the partial leaves out")
                    .isEqualTo("Alice");
            call.play(10);
            describe(call, method, flow.document("3.2.2-2"));
            RecordingSession resumed =
                    call.until(state -> assertHeard(state, "alice proven", "alice proven", "bob proven", "bob proven"));
            assertThat(heardEver(resumed, "96")).isEqualTo("alice proven (ended), alice proven");
            assertThat(heardEver(resumed, "98")).isEqualTo("bob proven");
            call.play(10);
            call.hangUpAndCheckAudio();
        }
    }

    @ParameterizedTest
    @EnumSource
    void C107_aTransferInsideOneCommunicationSession(FlowDocuments flow) throws Exception {
        try (ScriptedCall call = fourStreams(flow)) {
            List<String> before = call.until(state -> assertThat(running(state)).hasSize(1))
                    .communicationSessions()
                    .get(0)
                    .sipSessionIds();
            call.play(10);
            describe(call, "INVITE", flow.document("3.2.3-1"));
            RecordingSession session =
                    call.until(state -> assertThat(present(state)).containsExactly("bob", "carol"));
            assertThat(running(session)).hasSize(1);
            assertThat(running(session).get(0).sipSessionIds()).hasSize(1).doesNotContainAnyElementsOf(before);
            Attendance alice = participant(session, "alice").attendances().get(0);
            Attendance carol = participant(session, "carol").attendances().get(0);
            assertThat(alice.to()).as("alice leaves as carol joins").contains(carol.from());
            assertThat(alice.csId()).isEqualTo(carol.csId());
            assertThat(heard(session, "96")).doesNotContain("alice");
            assertThat(heard(session, "98")).isEqualTo("bob proven");
            assertThat(session.streams())
                    .as("the streams that nobody described")
                    .hasSize(4);
            call.play(10);
            call.hangUpAndCheckAudio();
        }
    }

    @ParameterizedTest(name = "{0}, the old session stopped first: {1}")
    @CsvSource({"OWN, true", "OWN, false", "RFC8068, true", "RFC8068, false"})
    void C108_aTransferIntoAnotherCommunicationSession(FlowDocuments flow, boolean stopped) throws Exception {
        try (ScriptedCall call = fourStreams(flow)) {
            call.play(10);
            if (stopped) {
                describe(call, "INVITE", flow.document("3.2.3-2"));
                RecordingSession between =
                        call.until(state -> assertThat(running(state)).isEmpty());
                assertThat(present(between)).isEmpty();
                assertThat(between.streams()).allMatch(SessionStream::receiving);
                call.play(5);
            }
            describe(call, "INVITE", flow.document("3.2.3-3"));
            RecordingSession session =
                    call.until(state -> assertThat(present(state)).containsExactly("bob", "carol"));
            assertThat(session.communicationSessions()).hasSize(2);
            assertThat(running(session))
                    .containsExactly(session.communicationSessions().get(1));
            assertHeard(session, "carol proven", "carol proven", "bob proven", "bob proven");
            assertThat(heardEver(session, "96")).isEqualTo("alice proven (ended), carol proven");
            assertThat(session.streams()).as("on the same lines").hasSize(4);
            if (flow == FlowDocuments.OWN) {
                assertThat(session.communicationSessions().stream()
                                .map(RecordedCs::groupId)
                                .distinct())
                        .as("the group of both")
                        .hasSize(1);
            }
            call.play(10);
            call.hangUpAndCheckAudio();
        }
    }

    @Test
    void C109_aTransferIntoAnotherRecordingSessionOfTheSameGroup() throws Exception {
        RecordingSession first;
        try (ScriptedCall call = fourStreams(FlowDocuments.OWN)) {
            first = call.until(state -> assertThat(state.streams()).hasSize(4));
            call.play(10).hangUpAndCheckAudio();
        }
        try (ScriptedCall call = place(FlowDocuments.OWN, "3.2.3-3", FOUR)) {
            RecordingSession second = call.until(state -> assertThat(state.links())
                    .extracting(SessionLink::kind, SessionLink::session)
                    .containsExactly(tuple(SessionLink.Kind.GROUP, first.id())));
            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(second.links().get(0).key())
                    .isEqualTo(second.communicationSessions().get(0).groupId());
            assertHeard(second, "carol proven", "carol proven", "bob proven", "bob proven");
            call.play(10).hangUpAndCheckAudio();
        }
    }

    @ParameterizedTest
    @EnumSource
    void C110_aMixedConferenceHasOneFileAndSeveralSpeakers(FlowDocuments flow) throws Exception {
        try (ScriptedCall call = place(flow, "3.3.1-1", "96")) {
            RecordingSession session =
                    call.until(state -> assertThat(heard(state, "96")).isEqualTo("alice proven, bob proven"));
            assertThat(session.streams()).hasSize(1);
            assertThat(running(session).get(0).sipSessionIds()).hasSize(2);
            call.play(10);
            describe(call, "INVITE", flow.document("3.3.2-1"));
            call.until(state -> assertThat(heard(state, "96")).isEqualTo("bob proven"));
            call.play(10);
            describe(call, "INVITE", flow.document("3.3.2-2"));
            RecordingSession resumed = call.until(state ->
                    assertThat(heard(state, "96")).contains("alice proven").contains("bob proven"));
            assertThat(heardEver(resumed, "96"))
                    .contains("alice proven (ended)")
                    .doesNotContain("bob proven (ended)");
            call.play(10);
            call.hangUpAndCheckAudio();
        }
    }

    @ParameterizedTest
    @EnumSource
    void C111_whoJoinsAndLeavesAConference(FlowDocuments flow) throws Exception {
        try (ScriptedCall call = place(flow, "3.3.1-1", "96")) {
            List<String> two = call.until(state -> assertThat(running(state)).hasSize(1))
                    .communicationSessions()
                    .get(0)
                    .sipSessionIds();
            call.play(5);
            describe(call, "INVITE", flow.document("3.3.3-1"));
            RecordingSession joined =
                    call.until(state -> assertThat(present(state)).containsExactly("alice", "bob", "carol"));
            assertThat(running(joined).get(0).sipSessionIds()).hasSize(3).containsAll(two);
            assertThat(heard(joined, "96")).isEqualTo("alice proven, bob proven, carol proven");
            call.play(5);
            describe(call, "INVITE", flow.document("3.3.3-2"));
            RecordingSession left =
                    call.until(state -> assertThat(present(state)).containsExactly("bob", "carol"));
            assertThat(running(left).get(0).sipSessionIds()).hasSize(2).doesNotContain(two.get(0));
            assertThat(heard(left, "96")).isEqualTo("bob proven, carol proven");
            call.play(5);
            call.hangUpAndCheckAudio();
        }
    }

    @ParameterizedTest
    @EnumSource
    void C112_C011_aPersistentSessionOutlivesTheCallsItRecords(FlowDocuments flow) throws Exception {
        try (ScriptedCall call = fourStreams(flow)) {
            call.play(10);
            describe(call, "INVITE", flow.document("3.4.1-1"));
            RecordingSession idle =
                    call.until(state -> assertThat(running(state)).isEmpty());
            assertThat(idle.communicationSessions()).hasSize(1);
            assertThat(idle.communicationSessions().get(0).to()).isPresent();
            assertHeard(idle, "", "", "", "");
            call.play(10);
            describe(call, "INVITE", flow.document("3.2.3-3"));
            RecordingSession next =
                    call.until(state -> assertThat(running(state)).hasSize(1));
            assertThat(next.communicationSessions()).hasSize(2);
            assertHeard(next, "carol proven", "carol proven", "bob proven", "bob proven");
            call.play(10);
            RecordedCall recorded = call.hangUpAndCheckAudio();
            assertThat(recorded.manifest().get("streams")).hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void C113_aTurretMixesTwoCallsIntoOneStream(FlowDocuments flow) throws Exception {
        try (ScriptedCall call = place(flow, "3.5-1", "96")) {
            RecordingSession session =
                    call.until(state -> assertThat(running(state)).hasSize(2));
            assertThat(session.communicationSessions().stream()
                            .map(RecordedCs::groupId)
                            .distinct())
                    .hasSize(1);
            assertThat(session.communicationSessions())
                    .extracting(cs -> cs.sipSessionIds().size())
                    .containsExactly(3, 3);
            assertThat(present(session)).containsExactly("alice", "bob", "carol");
            assertThat(participant(session, "bob").attendances())
                    .as("bob is in both")
                    .hasSize(2);
            assertThat(heard(session, "96")).isEqualTo("alice proven, bob proven, carol proven");
            call.play(10);
            call.hangUpAndCheckAudio();
        }
    }

    private static void assertHeard(RecordingSession session, String... whoByStream) {
        assertThat(Arrays.stream(FOUR).map(label -> heard(session, label))).containsExactly(whoByStream);
    }

    private ScriptedCall fourStreams(FlowDocuments flow) throws Exception {
        return place(flow, "3.2.1-1", FOUR);
    }

    private ScriptedCall place(FlowDocuments flow, String document, String... labels) throws Exception {
        byte[] metadata = flow.document(document).getBytes(StandardCharsets.UTF_8);
        return ScriptedCall.place(
                server,
                settings -> settings.streams(labels.length).labels(labels).metadata(metadata));
    }

    /** Sends metadata beside an offer of what is: nothing changes in the media. */
    private static void describe(ScriptedCall call, String method, String document) throws Exception {
        SipResponse ok = method.equals("INVITE")
                ? call.reinvite(SrcRequest.offering(call.media()).describedBy(document))
                : call.update(SrcRequest.describing(document));
        assertThat(ok.status()).isEqualTo(200);
    }
}
