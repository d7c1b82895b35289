package io.siprec.core.sdp;

/**
 * The ports bound for one accepted m-line.
 *
 * @param rtp 1 to 65535
 * @param rtcp 1 to 65535; told to the peer where it is not {@code rtp + 1} (RFC 3605 §2.1). The same as {@code rtp} where
 *     the two are multiplexed, which only a line that was offered so may be (RFC 5761 §5.1.1)
 */
public record LocalPorts(int rtp, int rtcp) {
    /** Checks the ports. */
    public LocalPorts {
        if (rtp < 1 || rtp > 65_535) throw new IllegalArgumentException("RTP port " + rtp);
        if (rtcp < 1 || rtcp > 65_535) throw new IllegalArgumentException("RTCP port " + rtcp);
    }

    boolean muxed() {
        return rtcp == rtp;
    }
}
