package io.siprec.core.metadata;

import io.siprec.core.Finding;
import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the metadata documents of one recording session say together (RFC 7865 §5). A complete document replaces what was
 * known. Of a partial one each element replaces the known one of the same kind and id, associations that of the same
 * participant and session, send and receive lists as a whole; what it does not name stays. Immutable.
 */
public final class MetadataState {
    /** The most elements of a kind that are known at a time; a partial document adds no more. */
    public static final int MAX_ELEMENTS = 2_000;

    private static final MetadataState NONE = new MetadataState(Optional.empty(), false, false, Map.of(), 0, List.of());

    private final Optional<RecordingMetadata> known;
    private final boolean wantsSnapshot;
    private final boolean saysWhoSends;
    private final Map<String, Integer> labelledBy; // id of a stream -> number of the document that defined it last
    private final int documents;
    private final List<Finding> findings;

    private MetadataState(
            Optional<RecordingMetadata> known,
            boolean wantsSnapshot,
            boolean saysWhoSends,
            Map<String, Integer> labelledBy,
            int documents,
            List<Finding> findings) {
        this.known = known;
        this.wantsSnapshot = wantsSnapshot;
        this.saysWhoSends = saysWhoSends;
        this.labelledBy = labelledBy;
        this.documents = documents;
        this.findings = findings;
    }

    /** The state before any document. */
    public static MetadataState none() {
        return NONE;
    }

    /** The state after {@code document} as well. */
    public MetadataState apply(RecordingMetadata document) {
        boolean complete = document.dataMode() == DataMode.COMPLETE;
        Findings odd = new Findings();
        RecordingMetadata merged = DocumentMerge.merge(known, document, complete, odd);
        boolean wants = !complete && (wantsSnapshot || isBeyondUs(document, merged, odd));
        return after(document, merged, wants, odd);
    }

    /**
     * The state after what could be read of a broken document as well: it ends nothing, whatever its mode, and asking for
     * a snapshot would bring the same again (RFC 7865 §5.1).
     */
    public MetadataState applyFragment(RecordingMetadata fragment) {
        Findings odd = new Findings();
        return after(fragment, DocumentMerge.merge(known, fragment, false, odd), wantsSnapshot, odd);
    }

    private MetadataState after(RecordingMetadata document, RecordingMetadata merged, boolean wants, Findings odd) {
        return new MetadataState(
                Optional.of(merged),
                wants,
                saysWhoSends || merged.participantStreams().stream().anyMatch(MetadataState::saysSomething),
                labelledBy(document),
                documents + 1,
                odd.toList());
    }

    /**
     * What is known now. Its mode is {@link DataMode#COMPLETE} once a complete document came, else
     * {@link DataMode#PARTIAL}. Empty before the first document.
     */
    public Optional<RecordingMetadata> known() {
        return known;
    }

    /**
     * True while the SRC speaks of what it has not explained: a partial document came before any complete one, or one that
     * refers to ids that are not known. A complete document, as an answer to a snapshot request or without being asked
     * for, ends it (RFC 7866 §9.2).
     */
    public boolean wantsSnapshot() {
        return wantsSnapshot;
    }

    /**
     * True once any association named a stream that its participant sends or receives: from then on a participant without
     * one sends nothing. Some SRCs write associations without ever filling them.
     */
    public boolean saysWhoSends() {
        return saysWhoSends;
    }

    /** How the last document did not fit to those before it. */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * The stream of that label; of several, the one defined by the newest document, since a label's scope is the message
     * that carries it (RFC 7865 §6.7.1).
     */
    public Optional<MediaStream> labelled(String label) {
        MediaStream found = null;
        for (MediaStream stream : known.map(RecordingMetadata::streams).orElse(List.of())) {
            if (stream.isLabelled(label) && (found == null || age(stream) > age(found))) found = stream;
        }
        return Optional.ofNullable(found);
    }

    private int age(MediaStream stream) {
        return labelledBy.getOrDefault(stream.id(), 0);
    }

    private boolean isBeyondUs(RecordingMetadata document, RecordingMetadata merged, Findings odd) {
        if (merged.dataMode() == DataMode.PARTIAL) {
            odd.add(FindingCode.METADATA_PARTIAL_FIRST, "partial metadata came before any complete document");
            return true;
        }
        if (ReferenceCheck.unknown(document, merged) == 0) return false;
        odd.add(FindingCode.METADATA_PARTIAL_UNKNOWN_ID, "partial metadata refers to ids that were never defined");
        return true;
    }

    private Map<String, Integer> labelledBy(RecordingMetadata document) {
        boolean complete = document.dataMode() == DataMode.COMPLETE;
        Map<String, Integer> after = complete ? new HashMap<>() : new HashMap<>(labelledBy);
        for (MediaStream stream : document.streams()) {
            if (after.size() < MAX_ELEMENTS || after.containsKey(stream.id())) after.put(stream.id(), documents + 1);
        }
        return after;
    }

    private static boolean saysSomething(ParticipantStreamAssociation association) {
        return !association.send().isEmpty() || !association.receive().isEmpty();
    }
}
