package io.siprec.core.metadata;

import static io.siprec.core.metadata.Documents.HOLD;
import static io.siprec.core.metadata.Documents.NEW_SESSION;
import static io.siprec.core.metadata.Documents.RESUME;
import static io.siprec.core.metadata.Documents.STOP;
import static io.siprec.core.metadata.Documents.TRANSFER;
import static io.siprec.core.metadata.Documents.TWO_PARTIES;
import static io.siprec.core.metadata.Documents.complete;
import static io.siprec.core.metadata.Documents.joins;
import static io.siprec.core.metadata.Documents.partial;
import static io.siprec.core.metadata.Documents.participant;
import static io.siprec.core.metadata.Documents.stream;
import static io.siprec.core.metadata.Documents.streams;
import static org.assertj.core.api.Assertions.assertThat;

import io.siprec.core.Finding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetadataStateTest {
    private static MetadataState after(RecordingMetadata... documents) {
        MetadataState state = MetadataState.none();
        for (RecordingMetadata document : documents) state = state.apply(document);
        return state;
    }

    private static RecordingMetadata known(RecordingMetadata... documents) {
        return after(documents).known().orElseThrow();
    }

    private static List<String> codes(MetadataState state) {
        return state.findings().stream().map(Finding::code).toList();
    }

    private static ParticipantStreamAssociation association(RecordingMetadata known, String participant) {
        return known.participantStreams().stream()
                .filter(one -> one.participantId().equals(participant))
                .reduce((first, second) -> {
                    throw new AssertionError("two associations of " + participant);
                })
                .orElseThrow();
    }

    @Test
    void C083_partialsAreMergedInOrderAndACompleteOneReplaces() {
        RecordingMetadata held = known(TWO_PARTIES, HOLD);
        assertThat(association(held, "alice").send()).isEmpty();
        assertThat(association(held, "alice").receive()).containsExactly("b1", "b2");
        assertThat(association(held, "bob").receive()).isEmpty();
        assertThat(known(TWO_PARTIES, HOLD, RESUME)).isEqualTo(TWO_PARTIES);

        RecordingMetadata transferred = known(TWO_PARTIES, HOLD, RESUME, TRANSFER);
        assertThat(transferred.dataMode()).isEqualTo(DataMode.COMPLETE);
        assertThat(transferred.participants()).extracting(Participant::id).containsExactly("alice", "bob", "carol");
        assertThat(transferred.sessions().get(0).sipSessionIds()).containsExactly("three;remote=four");
        assertThat(association(transferred, "bob").receive()).containsExactly("c1", "c2");
        assertThat(association(transferred, "alice").send()).containsExactly("a1", "a2");

        assertThat(known(TWO_PARTIES, HOLD, RESUME, TRANSFER, NEW_SESSION)).isEqualTo(NEW_SESSION);
    }

    @Test
    void C084_whatIsPresentReplacesAndWhatIsAbsentStays() {
        RecordingMetadata held = known(TWO_PARTIES, HOLD);
        assertThat(held.participants()).isEqualTo(TWO_PARTIES.participants());
        assertThat(held.streams()).isEqualTo(TWO_PARTIES.streams());
        assertThat(held.sessions()).isEqualTo(TWO_PARTIES.sessions());
        assertThat(held.participantSessions()).isEqualTo(TWO_PARTIES.participantSessions());

        RecordingMetadata renamed = known(TWO_PARTIES, partial(stream("a2", "7")));
        assertThat(renamed.streams())
                .as("in its place")
                .extracting(one -> one.label().orElseThrow())
                .containsExactly("96", "7", "98", "99");
        assertThat(known(TWO_PARTIES, STOP).sessions().get(0).stopTime()).isPresent();
    }

    @Test
    void C068_anAssociationWithoutStreamsEndsBothLists() {
        RecordingMetadata silent = known(TWO_PARTIES, partial(streams("alice", "", "")));
        assertThat(association(silent, "alice").send()).isEmpty();
        assertThat(association(silent, "alice").receive()).isEmpty();
        assertThat(association(silent, "bob").send()).containsExactly("b1", "b2");
    }

    @Test
    void C085_aPartialBeforeAnyCompleteOneIsUsedAndASnapshotIsWanted() {
        MetadataState state = after(partial(participant("alice") + joins("alice", "10:00:00")));
        assertThat(state.wantsSnapshot()).isTrue();
        assertThat(codes(state)).containsExactly("metadata-partial-first");
        assertThat(state.known().orElseThrow().dataMode()).isEqualTo(DataMode.PARTIAL);
        assertThat(state.known().orElseThrow().participants()).hasSize(1);

        assertThat(state.apply(HOLD).wantsSnapshot()).as("still").isTrue();
        MetadataState snapshot = state.apply(TWO_PARTIES);
        assertThat(snapshot.wantsSnapshot()).isFalse();
        assertThat(snapshot.findings()).isEmpty();
        assertThat(snapshot.known()).contains(TWO_PARTIES);
    }

    @Test
    void C085_aPartialWithUnknownIdsIsKeptAndASnapshotIsWanted() {
        MetadataState state = after(TWO_PARTIES, partial(streams("nobody", "nothing", "")));
        assertThat(state.wantsSnapshot()).isTrue();
        assertThat(codes(state)).containsExactly("metadata-partial-unknown-id");
        assertThat(association(state.known().orElseThrow(), "nobody").send()).containsExactly("nothing");
        assertThat(after(TWO_PARTIES, HOLD, RESUME, STOP).wantsSnapshot()).isFalse();
        assertThat(after(TWO_PARTIES, TRANSFER).wantsSnapshot())
                .as("streams that no document defines (RFC 8068 §3.2.3) are no error, but worth a question")
                .isTrue();
    }

    @Test
    void C075_aBrokenDocumentAddsWhatCouldBeReadAndEndsNothing() {
        RecordingMetadata fragment = complete(participant("carol"));
        MetadataState state = after(TWO_PARTIES).applyFragment(fragment);
        assertThat(state.known().orElseThrow().participants()).hasSize(3);
        assertThat(state.known().orElseThrow().streams()).isEqualTo(TWO_PARTIES.streams());
        assertThat(state.wantsSnapshot()).isFalse();
        assertThat(MetadataState.none().applyFragment(fragment).wantsSnapshot())
                .as("it would be as broken again")
                .isFalse();
    }

    @Test
    void C073_anIdThatBecomesAnotherKindIsReportedAndLeftOut() {
        MetadataState state = after(TWO_PARTIES, partial(stream("alice", "96") + stream("a1", "1")));
        assertThat(codes(state)).containsExactly("metadata-id-of-another-kind");
        assertThat(state.known().orElseThrow().streams())
                .extracting(MediaStream::id)
                .containsExactly("a1", "a2", "b1", "b2");
        assertThat(state.known().orElseThrow().participants()).isEqualTo(TWO_PARTIES.participants());

        RecordingMetadata anew = complete(stream("alice", "96"));
        assertThat(codes(after(TWO_PARTIES, anew))).containsExactly("metadata-id-of-another-kind");
        assertThat(known(TWO_PARTIES, anew)).isEqualTo(anew);
    }

    @Test
    void C074_idsOfAnotherRecordingSessionAreNoConflict() {
        MetadataState one = after(TWO_PARTIES);
        MetadataState other = after(complete(participant("a1") + "<session session_id='s'/>"));
        assertThat(one.findings()).isEmpty();
        assertThat(other.findings()).isEmpty();
    }

    @Test
    void C065_aLabelIsThatOfTheNewestDocument() {
        MetadataState state = after(TWO_PARTIES, partial(stream("c1", "96")));
        assertThat(state.labelled("96")).map(MediaStream::id).contains("c1");
        assertThat(state.labelled("97")).map(MediaStream::id).contains("a2");
        assertThat(state.apply(TWO_PARTIES).labelled("96")).map(MediaStream::id).contains("a1");
        assertThat(state.labelled("1")).isEmpty();
    }

    @Test
    void keepsNoMoreThanItsBound() {
        MetadataState state = after(TWO_PARTIES);
        for (int document = 0; document < 3; document++) {
            int first = document * 1_000;
            state = state.apply(partial(IntStream.range(first, first + 1_000)
                    .mapToObj(i -> participant("p" + i))
                    .collect(Collectors.joining())));
        }
        assertThat(codes(state)).containsExactly("metadata-too-much-known");
        assertThat(state.known().orElseThrow().participants())
                .hasSize(MetadataState.MAX_ELEMENTS)
                .startsWith(TWO_PARTIES.participants().toArray(Participant[]::new));
    }
}
