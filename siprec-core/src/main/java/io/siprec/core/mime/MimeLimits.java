package io.siprec.core.mime;

/**
 * What a multipart body may cost.
 *
 * @param maxParts leaf parts and containers together
 * @param maxDepth multiparts inside each other; 1 allows no nesting
 * @param maxHeadersPerPart headers of one part
 * @param maxHeaderBytes all headers of one part together
 */
public record MimeLimits(int maxParts, int maxDepth, int maxHeadersPerPart, int maxHeaderBytes) {
    private static final MimeLimits DEFAULTS = new MimeLimits(32, 4, 32, 8_192);

    /** Checks that each limit is at least 1. */
    public MimeLimits {
        if (Math.min(Math.min(maxParts, maxDepth), Math.min(maxHeadersPerPart, maxHeaderBytes)) < 1) {
            throw new IllegalArgumentException("MIME limits must be >= 1");
        }
    }

    /** Ten times what any known recording client sends. */
    public static MimeLimits defaults() {
        return DEFAULTS;
    }
}
