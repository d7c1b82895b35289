package io.siprec.core.history;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import io.siprec.core.metadata.NameId;
import io.siprec.core.metadata.Participant;
import io.siprec.core.metadata.ParticipantSessionAssociation;
import io.siprec.core.metadata.RecordingMetadata;
import io.siprec.core.session.Attendance;
import io.siprec.core.session.SessionParticipant;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The participants of a recording session and when they were in which communication session. */
final class ParticipantHistory {
    private static final int MAX_PARTICIPANTS = 2_000;
    private static final int MAX_ATTENDANCES = 4_000;

    private final Map<String, List<NameId>> names = new LinkedHashMap<>();
    private final Map<String, Attendances> attendances = new HashMap<>();
    private final Set<String> present = new HashSet<>();
    private int spans;

    List<SessionParticipant> list() {
        return names.entrySet().stream()
                .map(one -> new SessionParticipant(
                        one.getKey(),
                        one.getValue(),
                        attendances.get(one.getKey()).list()))
                .toList();
    }

    /** Ids of those who are in a communication session now. */
    Set<String> present() {
        return Set.copyOf(present);
    }

    void update(RecordingMetadata known, Instant arrivedAt, Findings findings) {
        for (Participant participant : known.participants()) name(participant, findings);
        Presence now = Presence.in(known);
        present.clear();
        present.addAll(now.participants());
        attendances.forEach((participant, own) -> own.leaveAllBut(
                now.sessionsOf(participant), cs -> now.leftAt(participant, cs).orElse(arrivedAt), findings));
        now.participants().forEach(participant -> join(participant, now, arrivedAt, findings));
        known.participantSessions().forEach(one -> remember(one, findings));
    }

    void end(Instant now) {
        attendances.values().forEach(own -> own.leaveAllBut(Set.of(), cs -> now, new Findings()));
    }

    private void name(Participant participant, Findings findings) {
        if (knows(participant.id(), findings) && !participant.nameIds().isEmpty()) {
            names.put(participant.id(), participant.nameIds());
        }
    }

    /** Also one whom only an association names: somebody was there. */
    private boolean knows(String participant, Findings findings) {
        if (names.containsKey(participant)) return true;
        if (names.size() >= MAX_PARTICIPANTS) {
            full(findings);
            return false;
        }
        names.put(participant, List.of());
        attendances.put(participant, new Attendances());
        return true;
    }

    private void join(String participant, Presence now, Instant arrivedAt, Findings findings) {
        if (!knows(participant, findings)) return;
        for (String cs : now.sessionsOf(participant)) {
            if (attendances.get(participant).isIn(cs)) {
                now.joinedAt(participant, cs)
                        .ifPresent(time -> attendances.get(participant).wasThereSince(cs, time));
            } else if (hasRoom(findings)) {
                attendances.get(participant).join(cs, now.joinedAt(participant, cs), arrivedAt);
            }
        }
    }

    /** Notes an attendance that a document tells of when it is over already. */
    private void remember(ParticipantSessionAssociation association, Findings findings) {
        if (association.disassociateTime().isEmpty() || !knows(association.participantId(), findings)) return;
        Attendances own = attendances.get(association.participantId());
        if (own.has(association) || !hasRoom(findings)) return;
        Instant to = association.disassociateTime().get();
        Instant from = association.associateTime().orElse(to);
        own.add(new Attendance(association.sessionId(), from, Optional.of(Times.notBefore(from, to, findings))));
    }

    private boolean hasRoom(Findings findings) {
        if (spans < MAX_ATTENDANCES) {
            spans++;
            return true;
        }
        full(findings);
        return false;
    }

    private static void full(Findings findings) {
        findings.once(
                FindingCode.METADATA_HISTORY_FULL,
                "more than " + MAX_PARTICIPANTS + " participants or " + MAX_ATTENDANCES + " times of theirs");
    }
}
