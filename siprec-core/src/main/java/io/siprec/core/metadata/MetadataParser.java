package io.siprec.core.metadata;

import java.util.List;
import java.util.Optional;

/** Reads recording metadata (RFC 7865) in the dialects of the field. */
public final class MetadataParser {
    private MetadataParser() {}

    /**
     * Reads one document. Never throws for what a peer sent: what is wrong with it becomes findings.
     *
     * @param charset of the part's Content-Type; it overrides what the document declares (RFC 7865 §5.1)
     */
    public static MetadataUpdate parse(byte[] document, Optional<String> charset, MetadataLimits limits) {
        return new MetadataUpdate(Optional.empty(), List.of());
    }
}
