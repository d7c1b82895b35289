package io.siprec.rtp;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * RTCP of one stream (RFC 3550 §6), as negotiated.
 *
 * @param mux RTCP shares the RTP port (RFC 5761); it is sent from the port that it is received on
 * @param target where the sender takes RTCP (RFC 3605, {@code a=rtcp}); empty for the port after its RTP port, or the same with
 *     {@code mux}
 * @param senderBitsPerSecond the share of senders ({@code b=RS}, RFC 3556); empty for 1,000: 1.25 % of 80 kbit/s
 * @param receiverBitsPerSecond the share of receivers ({@code b=RR}); empty for 3,000. With 0 we send no reports
 * @param verifiedTargetsOnly true sends reports only to a host from which accepted RTP came; false also to the target that the
 *     signalling names, before RTP comes
 */
public record RtcpSettings(
        boolean mux,
        Optional<InetSocketAddress> target,
        OptionalLong senderBitsPerSecond,
        OptionalLong receiverBitsPerSecond,
        boolean verifiedTargetsOnly) {
    /** The settings where nothing was negotiated: a port of its own, verified targets only. */
    public static final RtcpSettings STANDARD =
            new RtcpSettings(false, Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), true);

    /** Checks what can be checked. */
    public RtcpSettings {
        Objects.requireNonNull(target, "target");
        if (senderBitsPerSecond.orElse(0) < 0 || receiverBitsPerSecond.orElse(0) < 0) {
            throw new IllegalArgumentException(
                    "bits per second must be >= 0, were " + senderBitsPerSecond + " and " + receiverBitsPerSecond);
        }
    }
}
