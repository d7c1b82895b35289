package io.siprec.core.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A participant in a session (RFC 7865 §6.6).
 *
 * @param participantId the participant
 * @param sessionId the session
 * @param associateTime when the participant joined
 * @param disassociateTime when the participant left
 * @param params what the participant can do (RFC 3840)
 * @param extensions what else stood there
 */
public record ParticipantSessionAssociation(
        String participantId,
        String sessionId,
        Optional<Instant> associateTime,
        Optional<Instant> disassociateTime,
        List<Param> params,
        List<Extension> extensions) {
    /** Copies the lists. */
    public ParticipantSessionAssociation {
        Objects.requireNonNull(participantId, "participantId");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(associateTime, "associateTime");
        Objects.requireNonNull(disassociateTime, "disassociateTime");
        params = List.copyOf(params);
        extensions = List.copyOf(extensions);
    }

    /**
     * A capability (RFC 7865 §6.6.1).
     *
     * @param name of the feature tag
     * @param value "" for a flag
     */
    public record Param(String name, String value) {
        /** Checks that nothing is null. */
        public Param {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
        }
    }
}
