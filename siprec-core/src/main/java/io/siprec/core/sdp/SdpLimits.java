package io.siprec.core.sdp;

/**
 * What a session description may cost.
 *
 * @param maxBytes its size
 * @param maxLines its lines
 * @param maxMedia its m-lines
 * @param maxFormats formats of one m-line; more are left out with a finding
 */
public record SdpLimits(int maxBytes, int maxLines, int maxMedia, int maxFormats) {
    private static final SdpLimits DEFAULTS = new SdpLimits(65_536, 5_000, 128, 128);

    /** Checks that each limit is at least 1. */
    public SdpLimits {
        if (Math.min(Math.min(maxBytes, maxLines), Math.min(maxMedia, maxFormats)) < 1) {
            throw new IllegalArgumentException("SDP limits must be >= 1");
        }
    }

    /** As large as a SIP message may be. */
    public static SdpLimits defaults() {
        return DEFAULTS;
    }
}
