package io.siprec.core.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A group of communication sessions (RFC 7865 §6.2).
 *
 * @param id opaque, compared exactly
 * @param associateTime when the group joined the recording
 * @param disassociateTime when it left
 * @param extensions what else stood there
 */
public record CsGroup(
        String id, Optional<Instant> associateTime, Optional<Instant> disassociateTime, List<Extension> extensions) {
    /** Copies the list. */
    public CsGroup {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(associateTime, "associateTime");
        Objects.requireNonNull(disassociateTime, "disassociateTime");
        extensions = List.copyOf(extensions);
    }
}
