package io.siprec.server.internal.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siprec.core.metadata.NameId;
import io.siprec.core.session.RecordedCs;
import io.siprec.core.session.RecordingSession;
import io.siprec.core.session.SessionParticipant;
import java.time.Instant;
import java.util.Optional;

/** The recorded calls and who took part in them, in the manifest. */
final class ManifestCalls {
    private ManifestCalls() {}

    static void write(ObjectNode root, RecordingSession session) {
        ArrayNode calls = root.putArray("communicationSessions");
        session.communicationSessions().forEach(cs -> communicationSession(calls.addObject(), cs));
        ArrayNode participants = root.putArray("participants");
        session.participants().forEach(one -> participant(participants.addObject(), one));
    }

    private static void communicationSession(ObjectNode node, RecordedCs cs) {
        node.put("id", cs.id());
        node.put("groupId", cs.groupId());
        cs.sipSessionIds().forEach(node.putArray("sipSessionIds")::add);
        span(node, cs.from(), cs.to());
        cs.reasons().forEach(node.putArray("reasons")::add);
    }

    private static void participant(ObjectNode node, SessionParticipant participant) {
        node.put("id", participant.id());
        ArrayNode names = node.putArray("names");
        for (NameId name : participant.names()) {
            names.addObject().put("aor", name.aor()).put("name", name.name());
        }
        ArrayNode attendances = node.putArray("attendances");
        participant.attendances().forEach(one -> {
            ObjectNode attendance = attendances.addObject().put("communicationSessionId", one.csId());
            span(attendance, one.from(), one.to());
        });
    }

    /** From when to when; without an end it lasts. */
    static void span(ObjectNode node, Instant from, Optional<Instant> to) {
        node.put("from", from.toString());
        to.ifPresent(time -> node.put("to", time.toString()));
    }
}
