package io.siprec.core.metadata;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lays a document over what was known before it (RFC 7865 §5). */
final class DocumentMerge {
    private final RecordingMetadata known;
    private final RecordingMetadata document;
    private final boolean replaces;
    private final Findings findings;
    private final Map<String, Kind> kinds = new HashMap<>();

    private DocumentMerge(RecordingMetadata known, RecordingMetadata document, boolean replaces, Findings findings) {
        this.known = known;
        this.document = document;
        this.replaces = replaces;
        this.findings = findings;
        known.groups().forEach(one -> kinds.put(one.id(), Kind.GROUP));
        known.sessions().forEach(one -> kinds.put(one.id(), Kind.SESSION));
        known.participants().forEach(one -> kinds.put(one.id(), Kind.PARTICIPANT));
        known.streams().forEach(one -> kinds.put(one.id(), Kind.STREAM));
        kinds.remove(""); // what has no id is no kind of thing
    }

    /** @param replaces whether it takes the place of all that was known */
    static RecordingMetadata merge(
            Optional<RecordingMetadata> known, RecordingMetadata document, boolean replaces, Findings findings) {
        RecordingMetadata before = known.orElse(RecordingMetadata.EMPTY);
        return new DocumentMerge(before, document, replaces, findings).merged();
    }

    private RecordingMetadata merged() {
        boolean complete = document.dataMode() == DataMode.COMPLETE || known.dataMode() == DataMode.COMPLETE;
        return new RecordingMetadata(
                complete ? DataMode.COMPLETE : DataMode.PARTIAL,
                elements(known.groups(), document.groups(), CsGroup::id, Kind.GROUP),
                elements(known.sessions(), document.sessions(), CommunicationSession::id, Kind.SESSION),
                elements(known.participants(), document.participants(), Participant::id, Kind.PARTICIPANT),
                elements(known.streams(), document.streams(), MediaStream::id, Kind.STREAM),
                merge(known.sessionRecordings(), document.sessionRecordings(), SessionRecordingAssociation::sessionId),
                merge(
                        known.participantSessions(),
                        document.participantSessions(),
                        one -> List.of(one.participantId(), one.sessionId())),
                merge(
                        known.participantStreams(),
                        document.participantStreams(),
                        ParticipantStreamAssociation::participantId),
                document.startTime().or(() -> replaces ? Optional.empty() : known.startTime()),
                document.endTime().or(() -> replaces ? Optional.empty() : known.endTime()),
                merge(known.extensions(), document.extensions(), DocumentMerge::key));
    }

    /** Vendors number their top-level extensions, or have one of a name. */
    private static Object key(Extension extension) {
        return List.of(
                extension.namespace(), extension.name(), extension.attributes().getOrDefault("id", ""));
    }

    private <T> List<T> elements(List<T> before, List<T> fresh, Function<T, String> idOf, Kind kind) {
        return merge(
                before,
                fresh.stream().filter(one -> isOfKind(idOf.apply(one), kind)).toList(),
                idOf);
    }

    /** An id has one kind within a recording session (RFC 7865 §6.10); a complete document begins anew. */
    private boolean isOfKind(String id, Kind kind) {
        Kind before = kinds.getOrDefault(id, kind);
        if (before == kind) return true;
        String what = "a " + kind.text() + " has the id that a " + before.text() + " has had: ";
        findings.add(
                FindingCode.METADATA_ID_OF_ANOTHER_KIND,
                what + (replaces ? "taken, since the document is complete" : "left out"));
        return replaces;
    }

    /** Fresh values take the place of those of the same key, and follow the others where there were none. */
    private <T> List<T> merge(List<T> before, List<T> fresh, Function<T, ?> keyOf) {
        if (replaces) return bounded(fresh);
        if (fresh.isEmpty()) return before;
        Set<?> replaced = fresh.stream().map(keyOf).collect(Collectors.toSet());
        Map<Object, List<T>> merged = new LinkedHashMap<>();
        for (T one : before) {
            List<T> kept = merged.computeIfAbsent(keyOf.apply(one), key -> new ArrayList<>(1));
            if (!replaced.contains(keyOf.apply(one))) kept.add(one);
        }
        for (T one : fresh) {
            merged.computeIfAbsent(keyOf.apply(one), key -> new ArrayList<>(1)).add(one);
        }
        return bounded(merged.values().stream().flatMap(Collection::stream).toList());
    }

    private <T> List<T> bounded(List<T> elements) {
        if (elements.size() <= MetadataState.MAX_ELEMENTS) return elements;
        findings.once(
                FindingCode.METADATA_TOO_MUCH_KNOWN, "more than " + MetadataState.MAX_ELEMENTS + " elements of a kind");
        return elements.subList(0, MetadataState.MAX_ELEMENTS);
    }

    private enum Kind {
        GROUP,
        SESSION,
        PARTICIPANT,
        STREAM;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
