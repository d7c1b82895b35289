package io.siprec.core.metadata;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Collects the elements of one document into the model, in whatever order they come. */
final class MetadataBuilder {
    private final String root;
    private final Findings findings;
    private final ElementMapper mapper;
    private final Set<String> ids = new HashSet<>();
    private final List<CsGroup> groups = new ArrayList<>();
    private final List<CommunicationSession> sessions = new ArrayList<>();
    private final List<Participant> participants = new ArrayList<>();
    private final List<MediaStream> streams = new ArrayList<>();
    private final List<SessionRecordingAssociation> sessionRecordings = new ArrayList<>();
    private final List<ParticipantSessionAssociation> participantSessions = new ArrayList<>();
    private final List<ParticipantStreamAssociation> participantStreams = new ArrayList<>();
    private final ImpliedAssociations implied = new ImpliedAssociations();
    private final List<Extension> extensions = new ArrayList<>();
    private DataMode dataMode = DataMode.COMPLETE;
    private Optional<Instant> startTime = Optional.empty();
    private Optional<Instant> endTime = Optional.empty();

    MetadataBuilder(String root, Map<String, String> rootAttributes, Findings findings) {
        this.root = root;
        this.findings = findings;
        this.mapper = new ElementMapper(root, findings, implied);
        rootAttributes.forEach((name, value) -> extensions.add(Fields.extensionOf(name, value)));
    }

    /** Takes a child of the root. */
    void add(Extension element) {
        if (!Namespaces.isModel(element.namespace(), root)) {
            extensions.add(element);
            return;
        }
        switch (element.name()) {
            case "datamode", "dataMode" -> dataMode(element);
            case "group" -> addOnce(groups, mapper.group(element), CsGroup::id);
            case "session" -> session(element);
            case "participant" -> addOnce(participants, mapper.participant(element), Participant::id);
            case "stream" -> addOnce(streams, mapper.stream(element), MediaStream::id);
            case "sessionrecordingassoc" -> sessionRecordings.add(mapper.sessionRecording(element));
            case "participantsessionassoc" -> participantSessions.add(mapper.participantSession(element));
            case "participantstreamassoc" -> participantStreams.add(mapper.participantStream(element));
            case "start-time" -> startTime = startTime.or(() -> MetadataTimes.read(element.text(), findings));
            case "stop-time", "end-time" -> endTime = endTime.or(() -> MetadataTimes.read(element.text(), findings));
            default -> extensions.add(element);
        }
    }

    RecordingMetadata build() {
        RecordingMetadata metadata = new RecordingMetadata(
                dataMode,
                groups,
                sessions,
                participants,
                streams,
                implied.sessionRecordings(sessionRecordings),
                implied.participantSessions(participantSessions),
                implied.participantStreams(participantStreams),
                startTime,
                endTime,
                extensions);
        if (dataMode == DataMode.COMPLETE) ReferenceCheck.report(metadata, findings);
        return metadata;
    }

    /** One client nests what belongs beside the session into it. */
    private void session(Extension element) {
        List<Extension> inside = new ArrayList<>(0);
        List<Extension> own = new ArrayList<>(element.children().size());
        for (Extension child : element.children()) {
            boolean misplaced = Namespaces.isModel(child.namespace(), root)
                    && Set.of("participant", "stream", "sessionrecordingassoc").contains(child.name());
            (misplaced ? inside : own).add(child);
        }
        Extension session = inside.isEmpty()
                ? element
                : new Extension(element.namespace(), element.name(), element.attributes(), element.text(), own);
        addOnce(sessions, mapper.session(session), CommunicationSession::id);
        inside.forEach(this::add);
    }

    private void dataMode(Extension element) {
        if (!element.name().equals("datamode")) {
            findings.add(FindingCode.METADATA_DATAMODE_SPELLING, "dataMode instead of datamode");
        }
        dataMode = element.text().equalsIgnoreCase("partial") ? DataMode.PARTIAL : DataMode.COMPLETE;
        if (dataMode == DataMode.COMPLETE && !element.text().equalsIgnoreCase("complete")) {
            findings.add(FindingCode.METADATA_DATAMODE_UNKNOWN, "unknown datamode");
        }
    }

    /** The first definition of an id stays (RFC 7865 §6.10). */
    private <T> void addOnce(List<T> into, T element, Function<T, String> idOf) {
        String id = idOf.apply(element);
        if (id.isEmpty()) {
            findings.once(FindingCode.METADATA_MISSING_ID, "an element without an id");
        } else if (!ids.add(id)) {
            findings.add(FindingCode.METADATA_DUPLICATE_ID, "an id is defined twice");
            return;
        }
        into.add(element);
    }
}
