package io.siprec.core.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A metadata document (RFC 7865 §6).
 *
 * @param dataMode whether it stands alone
 * @param groups groups of sessions
 * @param sessions recorded sessions
 * @param participants their parties
 * @param streams their media
 * @param sessionRecordings sessions in this recording
 * @param participantSessions participants in sessions
 * @param participantStreams participants and the streams that they send and receive
 * @param startTime of the recording, in the dialects that write it (RFC 7865 §6.1.1 takes it from the message)
 * @param endTime of the recording, likewise
 * @param extensions what else stood at the top level
 */
public record RecordingMetadata(
        DataMode dataMode,
        List<CsGroup> groups,
        List<CommunicationSession> sessions,
        List<Participant> participants,
        List<MediaStream> streams,
        List<SessionRecordingAssociation> sessionRecordings,
        List<ParticipantSessionAssociation> participantSessions,
        List<ParticipantStreamAssociation> participantStreams,
        Optional<Instant> startTime,
        Optional<Instant> endTime,
        List<Extension> extensions) {
    /** A partial document that says nothing. */
    static final RecordingMetadata EMPTY = new RecordingMetadata(
            DataMode.PARTIAL,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    /** Copies the lists. */
    public RecordingMetadata {
        Objects.requireNonNull(dataMode, "dataMode");
        groups = List.copyOf(groups);
        sessions = List.copyOf(sessions);
        participants = List.copyOf(participants);
        streams = List.copyOf(streams);
        sessionRecordings = List.copyOf(sessionRecordings);
        participantSessions = List.copyOf(participantSessions);
        participantStreams = List.copyOf(participantStreams);
        Objects.requireNonNull(startTime, "startTime");
        Objects.requireNonNull(endTime, "endTime");
        extensions = List.copyOf(extensions);
    }

    /** The participant of that id. */
    public Optional<Participant> participant(String id) {
        return participants.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** The first stream of that label. */
    public Optional<MediaStream> stream(String label) {
        return streams.stream().filter(one -> one.isLabelled(label)).findFirst();
    }
}
