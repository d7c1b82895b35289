package io.siprec.core.metadata;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Associations that drafts of RFC 7865 wrote into the elements themselves; an explicit one of the same ends wins. */
final class ImpliedAssociations {
    private final List<SessionRecordingAssociation> sessionRecordings = new ArrayList<>(0);
    private final List<ParticipantSessionAssociation> participantSessions = new ArrayList<>(0);
    private final List<ParticipantStreamAssociation> participantStreams = new ArrayList<>(0);

    void sessionRecording(String session, Optional<Instant> associate, Optional<Instant> disassociate) {
        if (associate.isEmpty() && disassociate.isEmpty()) return;
        sessionRecordings.add(new SessionRecordingAssociation(session, associate, disassociate, List.of()));
    }

    void participant(
            String id,
            Optional<String> session,
            List<String> send,
            List<String> receive,
            Optional<Instant> associate,
            Optional<Instant> disassociate) {
        session.ifPresent(one -> participantSessions.add(new ParticipantSessionAssociation(
                id, Fields.withoutBlanks(one), associate, disassociate, List.of(), List.of())));
        if (send.isEmpty() && receive.isEmpty()) return;
        participantStreams.add(new ParticipantStreamAssociation(id, send, receive, associate, disassociate, List.of()));
    }

    List<SessionRecordingAssociation> sessionRecordings(List<SessionRecordingAssociation> explicit) {
        Set<String> known = new HashSet<>();
        explicit.forEach(one -> known.add(one.sessionId()));
        List<SessionRecordingAssociation> all = new ArrayList<>(explicit);
        for (SessionRecordingAssociation one : sessionRecordings) {
            if (!known.contains(one.sessionId())) all.add(one);
        }
        return all;
    }

    List<ParticipantSessionAssociation> participantSessions(List<ParticipantSessionAssociation> explicit) {
        Set<List<String>> known = new HashSet<>();
        explicit.forEach(one -> known.add(List.of(one.participantId(), one.sessionId())));
        List<ParticipantSessionAssociation> all = new ArrayList<>(explicit);
        for (ParticipantSessionAssociation one : participantSessions) {
            if (!known.contains(List.of(one.participantId(), one.sessionId()))) all.add(one);
        }
        return all;
    }

    List<ParticipantStreamAssociation> participantStreams(List<ParticipantStreamAssociation> explicit) {
        Set<String> known = new HashSet<>();
        explicit.forEach(one -> known.add(one.participantId()));
        List<ParticipantStreamAssociation> all = new ArrayList<>(explicit);
        for (ParticipantStreamAssociation one : participantStreams) {
            if (!known.contains(one.participantId())) all.add(one);
        }
        return all;
    }
}
