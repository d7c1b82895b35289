package io.siprec.server.internal.files;

import java.time.Instant;
import java.util.List;

/**
 * The files of a session that hold what the SRC sent beside audio, byte for byte, in order of arrival.
 *
 * @param metadata the metadata documents
 * @param parts body parts that were not read
 */
public record KeptFiles(List<MetadataFile> metadata, List<PartFile> parts) {
    public KeptFiles {
        metadata = List.copyOf(metadata);
        parts = List.copyOf(parts);
    }

    /**
     * One metadata document.
     *
     * @param name of the file
     * @param receivedAt when it came
     * @param mode {@code complete} or {@code partial} (RFC 7865 §5.1.2), {@code unreadable} where nothing could be read
     */
    public record MetadataFile(String name, Instant receivedAt, String mode) {}

    /**
     * One body part.
     *
     * @param name of the file
     * @param type the media type that the SRC gave it, without parameters
     */
    public record PartFile(String name, String type) {}
}
