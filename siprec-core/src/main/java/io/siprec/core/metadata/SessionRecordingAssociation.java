package io.siprec.core.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A session in this recording (RFC 7865 §6.4).
 *
 * @param sessionId the session
 * @param associateTime when it joined
 * @param disassociateTime when it left
 * @param extensions what else stood there
 */
public record SessionRecordingAssociation(
        String sessionId,
        Optional<Instant> associateTime,
        Optional<Instant> disassociateTime,
        List<Extension> extensions) {
    /** Copies the list. */
    public SessionRecordingAssociation {
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(associateTime, "associateTime");
        Objects.requireNonNull(disassociateTime, "disassociateTime");
        extensions = List.copyOf(extensions);
    }
}
