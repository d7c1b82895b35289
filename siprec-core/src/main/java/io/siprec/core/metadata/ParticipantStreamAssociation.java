package io.siprec.core.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which streams a participant sends and receives (RFC 7865 §6.8); neither means none.
 *
 * @param participantId the participant
 * @param send ids of the streams that the participant sends
 * @param receive ids of the streams that the participant receives
 * @param associateTime since when
 * @param disassociateTime until when
 * @param extensions what else stood there
 */
public record ParticipantStreamAssociation(
        String participantId,
        List<String> send,
        List<String> receive,
        Optional<Instant> associateTime,
        Optional<Instant> disassociateTime,
        List<Extension> extensions) {
    /** Copies the lists. */
    public ParticipantStreamAssociation {
        Objects.requireNonNull(participantId, "participantId");
        send = List.copyOf(send);
        receive = List.copyOf(receive);
        Objects.requireNonNull(associateTime, "associateTime");
        Objects.requireNonNull(disassociateTime, "disassociateTime");
        extensions = List.copyOf(extensions);
    }
}
