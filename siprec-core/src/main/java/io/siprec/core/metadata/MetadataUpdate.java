package io.siprec.core.metadata;

import io.siprec.core.Finding;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a metadata document gave.
 *
 * @param metadata what was understood; empty where nothing was
 * @param findings what was odd about it
 * @param whole false where it could not be read to its end: what it leaves out may stand in the part that is lost
 */
public record MetadataUpdate(Optional<RecordingMetadata> metadata, List<Finding> findings, boolean whole) {
    /** Copies the list. */
    public MetadataUpdate {
        Objects.requireNonNull(metadata, "metadata");
        findings = List.copyOf(findings);
    }
}
