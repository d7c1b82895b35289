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
 */
public record MetadataUpdate(Optional<RecordingMetadata> metadata, List<Finding> findings) {
    /** Copies the list. */
    public MetadataUpdate {
        Objects.requireNonNull(metadata, "metadata");
        findings = List.copyOf(findings);
    }
}
