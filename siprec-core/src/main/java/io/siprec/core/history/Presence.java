package io.siprec.core.history;

import io.siprec.core.metadata.CommunicationSession;
import io.siprec.core.metadata.ParticipantSessionAssociation;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.metadata.SessionRecordingAssociation;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who is in which communication session, by what the metadata says now. */
final class Presence {
    private final Map<String, Instant> endedSessions = new HashMap<>();
    private final Map<String, Set<String>> sessions = new LinkedHashMap<>(); // by participant
    private final Map<List<String>, Instant> joined = new HashMap<>(); // by participant and session
    private final Map<List<String>, Instant> left = new HashMap<>(); // likewise

    private Presence() {}

    static Presence in(RecordingMetadata known) {
        Presence presence = new Presence();
        known.sessionRecordings().forEach(presence::recording);
        known.sessions().forEach(presence::session);
        known.participantSessions().forEach(presence::association);
        presence.unassociated(known);
        return presence;
    }

    Set<String> participants() {
        return sessions.keySet();
    }

    Set<String> sessionsOf(String participant) {
        return sessions.getOrDefault(participant, Set.of());
    }

    Optional<Instant> joinedAt(String participant, String session) {
        return Optional.ofNullable(joined.get(List.of(participant, session)));
    }

    /** Empty where the metadata does not say. */
    Optional<Instant> leftAt(String participant, String session) {
        return Optional.ofNullable(left.get(List.of(participant, session)))
                .or(() -> Optional.ofNullable(endedSessions.get(session)));
    }

    private void recording(SessionRecordingAssociation association) {
        association.disassociateTime().ifPresent(time -> endedSessions.put(association.sessionId(), time));
    }

    /** The end of a session is that of all its participants (RFC 7865 §6.3.1). */
    private void session(CommunicationSession session) {
        session.stopTime().ifPresent(time -> endedSessions.put(session.id(), time));
    }

    private void association(ParticipantSessionAssociation one) {
        List<String> key = List.of(one.participantId(), one.sessionId());
        if (one.disassociateTime().isPresent()) {
            left.merge(key, one.disassociateTime().get(), (a, b) -> a.isAfter(b) ? a : b);
        } else if (!endedSessions.containsKey(one.sessionId())) {
            sessions.computeIfAbsent(one.participantId(), id -> new LinkedHashSet<>())
                    .add(one.sessionId());
            one.associateTime().ifPresent(time -> joined.put(key, time));
        }
    }

    /** Some SRCs name participants and no more: they are in the only session, else in one that is not known. */
    private void unassociated(RecordingMetadata known) {
        String only = known.sessions().size() == 1 ? known.sessions().get(0).id() : "";
        if (endedSessions.containsKey(only)) return;
        boolean allOver = !known.sessions().isEmpty()
                && known.sessions().stream().allMatch(one -> endedSessions.containsKey(one.id()));
        if (allOver) return;
        Set<String> associated = new HashSet<>();
        known.participantSessions().forEach(one -> associated.add(one.participantId()));
        known.participants().stream()
                .filter(one -> !associated.contains(one.id()))
                .forEach(one -> sessions.put(one.id(), new LinkedHashSet<>(Set.of(only))));
    }
}
