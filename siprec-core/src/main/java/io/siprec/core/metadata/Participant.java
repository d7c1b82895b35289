package io.siprec.core.metadata;

import java.util.List;
import java.util.Objects;

/**
 * A party of a recorded session (RFC 7865 §6.5).
 *
 * @param id opaque, compared exactly
 * @param nameIds empty only where the document breaks the schema
 * @param extensions what else stood there
 */
public record Participant(String id, List<NameId> nameIds, List<Extension> extensions) {
    /** Copies the lists. */
    public Participant {
        Objects.requireNonNull(id, "id");
        nameIds = List.copyOf(nameIds);
        extensions = List.copyOf(extensions);
    }
}
