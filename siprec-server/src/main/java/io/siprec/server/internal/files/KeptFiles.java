package io.siprec.server.internal.files;

import java.util.List;

/**
 * The files of a session that hold what the SRC sent beside audio, byte for byte, in order of arrival.
 *
 * @param metadata the names of the metadata documents
 * @param parts body parts that were not read
 */
public record KeptFiles(List<String> metadata, List<PartFile> parts) {
    public KeptFiles {
        metadata = List.copyOf(metadata);
        parts = List.copyOf(parts);
    }

    /**
     * One body part.
     *
     * @param name of the file
     * @param type the media type that the SRC gave it, without parameters
     */
    public record PartFile(String name, String type) {}
}
