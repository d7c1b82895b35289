package io.siprec.core.metadata;

/**
 * What a metadata document may cost.
 *
 * @param maxBytes its size; of a larger one, only the beginning is read
 * @param maxElements its elements; reading stops there
 * @param maxDepth elements inside each other; what is deeper is left out
 * @param maxAttributes attributes of one element; more are left out
 * @param maxValueChars one text or attribute value; the rest of it is cut off
 */
public record MetadataLimits(int maxBytes, int maxElements, int maxDepth, int maxAttributes, int maxValueChars) {
    private static final MetadataLimits DEFAULTS = new MetadataLimits(262_144, 20_000, 32, 64, 8_192);

    /** Checks that each limit is at least 1. */
    public MetadataLimits {
        if (Math.min(Math.min(maxBytes, maxElements), Math.min(maxDepth, maxAttributes)) < 1 || maxValueChars < 1) {
            throw new IllegalArgumentException("metadata limits must be >= 1");
        }
    }

    /** Room for some thousand participants. */
    public static MetadataLimits defaults() {
        return DEFAULTS;
    }
}
