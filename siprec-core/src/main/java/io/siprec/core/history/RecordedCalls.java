package io.siprec.core.history;

import io.siprec.core.Finding;
import io.siprec.core.internal.Findings;
import io.siprec.core.metadata.MetadataState;
import io.siprec.core.metadata.MetadataUpdate;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.session.Attribution;
import io.siprec.core.session.RecordedCs;
import io.siprec.core.session.SessionParticipant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The calls of one recording session as its metadata has told them, with their history: what has ended stays. Bounded,
 * however much the SRC sends. One thread at a time.
 */
public final class RecordedCalls {
    private final CsHistory sessions = new CsHistory();
    private final ParticipantHistory participants = new ParticipantHistory();
    private final AttributionHistory attributions = new AttributionHistory();
    private MetadataState state = MetadataState.none();

    /** Nothing is known yet. */
    public RecordedCalls() {}

    /**
     * Takes a document; one that nothing could be read of changes nothing.
     *
     * @return what was odd about how it fits to those before it
     */
    public List<Finding> apply(MetadataUpdate update, Instant arrivedAt) {
        if (update.metadata().isEmpty()) return List.of();
        RecordingMetadata document = update.metadata().get();
        state = update.whole() ? state.apply(document) : state.applyFragment(document);
        RecordingMetadata known = state.known().orElseThrow();
        Findings findings = new Findings();
        sessions.update(known, arrivedAt, findings);
        participants.update(known, arrivedAt, findings);
        List<Finding> all = new ArrayList<>(state.findings());
        all.addAll(findings.toList());
        return all;
    }

    /**
     * Finds out who is heard on each stream from now on; to be called once after each message that changed documents or
     * lines, with all lines in order.
     *
     * @return what was odd about how lines and metadata fit
     */
    public List<Finding> attribute(List<StreamLine> lines, Instant now) {
        Findings findings = new Findings();
        attributions.update(WhoIsHeard.on(lines, state, participants.present(), findings), now, findings);
        return findings.toList();
    }

    /** The recording is over: so is all that went on. */
    public void end(Instant now) {
        sessions.end(now);
        participants.end(now);
        attributions.end(now);
    }

    /** What the documents say together; empty before the first. */
    public Optional<RecordingMetadata> known() {
        return state.known();
    }

    /** See {@link MetadataState#wantsSnapshot()}. */
    public boolean wantsSnapshot() {
        return state.wantsSnapshot();
    }

    /** The recorded communication sessions, in the order in which they came. */
    public List<RecordedCs> communicationSessions() {
        return sessions.list();
    }

    /** Their participants, in the order in which they came. */
    public List<SessionParticipant> participants() {
        return participants.list();
    }

    /** Who was heard on a stream, oldest first. */
    public List<Attribution> attributions(int stream) {
        return attributions.of(stream);
    }
}
