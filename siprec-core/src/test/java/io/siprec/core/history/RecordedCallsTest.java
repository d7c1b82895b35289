package io.siprec.core.history;

import static io.siprec.core.metadata.Documents.HOLD;
import static io.siprec.core.metadata.Documents.NEW_SESSION;
import static io.siprec.core.metadata.Documents.TRANSFER;
import static io.siprec.core.metadata.Documents.TWO_PARTIES;
import static io.siprec.core.metadata.Documents.complete;
import static io.siprec.core.metadata.Documents.inSession;
import static io.siprec.core.metadata.Documents.joins;
import static io.siprec.core.metadata.Documents.leaves;
import static io.siprec.core.metadata.Documents.partial;
import static io.siprec.core.metadata.Documents.participant;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import io.siprec.core.metadata.MetadataUpdate;
import io.siprec.core.metadata.NameId;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.session.Attendance;
import io.siprec.core.session.RecordedCs;
import io.siprec.core.session.SessionParticipant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordedCallsTest {
    private final RecordedCalls calls = new RecordedCalls();
    private final List<String> codes = new ArrayList<>();

    private static Instant at(String time) {
        return Instant.parse("2026-01-01T" + time + "Z");
    }

    private void apply(String time, RecordingMetadata document) {
        calls.apply(new MetadataUpdate(Optional.of(document), List.of(), true), at(time)).stream()
                .map(Finding::code)
                .forEach(codes::add);
    }

    /** "cs 10:00:00-10:05:00" for each time of a participant. */
    private List<String> attendances(String participant) {
        return calls.participants().stream()
                .filter(one -> one.id().equals(participant))
                .flatMap(one -> one.attendances().stream())
                .map(one -> (one.csId() + " " + time(one.from()) + "-"
                                + one.to().map(RecordedCallsTest::time).orElse(""))
                        .strip())
                .toList();
    }

    private static String time(Instant instant) {
        return instant.toString().substring(11, 19);
    }

    private RecordedCs session(String id) {
        return calls.communicationSessions().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void C059_C060_C063_showsTheCallAndWhoIsInIt() {
        apply("10:00:01", TWO_PARTIES);
        assertThat(calls.communicationSessions())
                .containsExactly(new RecordedCs(
                        "s", "g", List.of("one;remote=two"), at("10:00:00"), Optional.empty(), List.of()));
        assertThat(calls.participants()).extracting(SessionParticipant::id).containsExactly("alice", "bob");
        assertThat(calls.participants().get(0).names())
                .containsExactly(new NameId("sip:alice@example.com", "alice", ""));
        assertThat(calls.participants().get(0).attendances())
                .containsExactly(new Attendance("s", at("10:00:00"), Optional.empty()));
        assertThat(codes).isEmpty();
    }

    @Test
    void C083_C084_aTransferEndsOneAttendanceAndBeginsAnother() {
        apply("10:00:01", TWO_PARTIES);
        apply("10:03:00", HOLD);
        apply("10:05:01", TRANSFER);
        assertThat(attendances("alice")).containsExactly("s 10:00:00-10:05:00");
        assertThat(attendances("bob")).containsExactly("s 10:00:00-");
        assertThat(attendances("carol")).containsExactly("s 10:05:00-");
        assertThat(session("s").sipSessionIds()).containsExactly("three;remote=four");
        assertThat(session("s").groupId()).as("not repeated, not ended").isEqualTo("g");
        assertThat(calls.wantsSnapshot()).isTrue();
    }

    @Test
    void C083_aCompleteDocumentEndsWhatItLeavesOutAndHistoryStays() {
        apply("10:00:01", TWO_PARTIES);
        apply("10:10:01", NEW_SESSION);
        assertThat(calls.communicationSessions()).extracting(RecordedCs::id).containsExactly("s", "t");
        assertThat(session("s").to()).contains(at("10:10:01"));
        assertThat(session("t").to()).isEmpty();
        assertThat(session("t").from()).isEqualTo(at("10:10:00"));
        assertThat(attendances("alice")).containsExactly("s 10:00:00-10:10:01");
        assertThat(attendances("bob")).containsExactly("s 10:00:00-10:10:01", "t 10:02:00-");
        assertThat(attendances("carol")).containsExactly("t 10:10:00-");
        assertThat(calls.participants().get(1).names()).extracting(NameId::aor).containsExactly("sip:Bob@example.com");
    }

    @Test
    void C084_theEndOfASessionIsThatOfAllItsParticipants() {
        apply("10:00:01", TWO_PARTIES);
        apply(
                "10:09:01",
                partial("<session session_id='s'><reason cause='16' protocol='Q.850'>Clearing</reason>"
                        + "<reason cause='200'/><stop-time>2026-01-01T10:09:00Z</stop-time></session>"));
        assertThat(session("s"))
                .isEqualTo(new RecordedCs(
                        "s",
                        "g",
                        List.of("one;remote=two"),
                        at("10:00:00"),
                        Optional.of(at("10:09:00")),
                        List.of("Q.850 16 Clearing", "SIP 200")));
        assertThat(attendances("alice")).containsExactly("s 10:00:00-10:09:00");
        assertThat(attendances("bob")).containsExactly("s 10:00:00-10:09:00");
    }

    @Test
    void C063_theEndOfASessionsRecordingIsThatOfItsParticipantsToo() {
        apply("10:00:01", TWO_PARTIES);
        apply(
                "10:04:00",
                partial("<sessionrecordingassoc session_id='s'>"
                        + "<disassociate-time>2026-01-01T10:03:30Z</disassociate-time></sessionrecordingassoc>"));
        assertThat(session("s").to()).contains(at("10:03:30"));
        assertThat(attendances("bob")).containsExactly("s 10:00:00-10:03:30");
    }

    @Test
    void C063_aParticipantMayLeaveAndComeBack() {
        apply("10:00:01", TWO_PARTIES);
        apply("10:01:00", partial(leaves("bob", "10:01:00")));
        apply("10:01:30", partial(leaves("bob", "10:01:00")));
        apply("10:02:00", partial(joins("bob", "10:02:00")));
        apply("10:03:00", partial(leaves("bob", "10:03:00")));
        apply("10:04:00", TWO_PARTIES);
        assertThat(attendances("bob")).containsExactly("s 10:00:00-10:01:00", "s 10:02:00-10:03:00", "s 10:04:00-");
    }

    @Test
    void C063_timesOfLongAgoAreTakenFromOneDocument() {
        RecordingMetadata document = complete("<session session_id='s'/>" + participant("alice")
                + inSession(
                        "alice",
                        "<associate-time>2026-01-01T09:00:00Z</associate-time>"
                                + "<disassociate-time>2026-01-01T09:10:00Z</disassociate-time>")
                + joins("alice", "09:30:00"));
        apply("10:00:00", document);
        apply("10:01:00", document);
        assertThat(attendances("alice")).containsExactly("s 09:00:00-09:10:00", "s 09:30:00-");
    }

    @Test
    void participantsWithoutAssociationsAreInTheOnlySession() {
        apply("10:00:00", complete("<session session_id='s'/>" + participant("alice")));
        assertThat(attendances("alice")).containsExactly("s 10:00:00-");
        apply("10:01:00", complete("<session session_id='s'/>" + participant("alice") + joins("alice", "09:59:00")));
        assertThat(attendances("alice")).as("the same, told better").containsExactly("s 09:59:00-");
        apply("10:02:00", complete("<session session_id='s'/><session session_id='t'/>" + participant("alice")));
        assertThat(attendances("alice")).containsExactly("s 09:59:00-10:02:00", "10:02:00-");
    }

    @Test
    void C085_somebodyOfWhomOnlyAnAssociationTellsIsAParticipantWithoutAName() {
        apply("10:00:00", partial(joins("ghost", "09:59:00")));
        assertThat(calls.participants()).hasSize(1);
        assertThat(calls.participants().get(0).names()).isEmpty();
        assertThat(attendances("ghost")).containsExactly("s 09:59:00-");
        apply("10:01:00", partial(participant("ghost")));
        assertThat(calls.participants().get(0).name()).isEqualTo("ghost");
    }

    @Test
    void timesOfTwoClocksNeverRunBackwards() {
        apply("10:00:00", complete("<session session_id='s'/>" + participant("alice") + inSession("alice", "")));
        apply("10:01:00", partial(leaves("alice", "08:00:00")));
        assertThat(attendances("alice")).containsExactly("s 10:00:00-10:00:00");
        assertThat(codes).containsExactly("metadata-times-reversed");
    }

    @Test
    void theEndOfTheRecordingEndsAllThatWentOn() {
        apply("10:00:01", TWO_PARTIES);
        calls.end(at("10:07:00"));
        assertThat(session("s").to()).contains(at("10:07:00"));
        assertThat(attendances("alice")).containsExactly("s 10:00:00-10:07:00");
    }

    @Test
    void historyIsBoundedAndTheNewestStateStaysRight() {
        apply("10:00:01", TWO_PARTIES);
        for (int i = 0; i < 700; i++) {
            apply("10:01:00", complete("<session session_id='x" + i + "'/>" + participant("alice")));
        }
        assertThat(calls.communicationSessions()).hasSize(500);
        assertThat(codes).containsOnly("metadata-history-full");
        codes.clear();
        for (int i = 0; i < 4_000; i++) {
            apply("10:02:00", partial(leaves("alice", "10:02:00").replace("'s'", "'y'")));
            apply("10:02:00", partial(joins("alice", "10:02:00").replace("'s'", "'y'")));
        }
        assertThat(attendances("alice")).hasSizeLessThanOrEqualTo(4_000);
        assertThat(codes).contains("metadata-history-full");
        calls.end(at("10:03:00"));
        assertThat(calls.participants().get(0).attendances())
                .allMatch(one -> one.to().isPresent());
    }
}
