package io.siprec.core.sdp;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the answer does with one m-line of the offer.
 *
 * @param index of the m-line, from 0
 * @param offered the m-line
 * @param refusal why it is refused, with none of the peer's text; empty when it is accepted
 * @param warningCode of the refusal (RFC 3261 §20.43); 0 when it is accepted
 * @param direction of the answer: {@code RECVONLY}, or {@code INACTIVE}
 * @param formats accepted, in the offer's order
 * @param label the a=label of the offer (RFC 4574)
 * @param rtp where the peer takes RTP; empty where nothing may be sent (hold, multicast, no c= line)
 * @param rtcp where the peer takes RTCP (RFC 3605 §2.1, else the port above RTP); empty as for RTP
 */
public record PlannedLine(
        int index,
        MediaDescription offered,
        Optional<String> refusal,
        int warningCode,
        Direction direction,
        List<PayloadFormat> formats,
        Optional<String> label,
        Optional<RemoteAddress> rtp,
        Optional<RemoteAddress> rtcp) {
    /** Copies the list. */
    public PlannedLine {
        Objects.requireNonNull(offered, "offered");
        Objects.requireNonNull(refusal, "refusal");
        Objects.requireNonNull(direction, "direction");
        formats = List.copyOf(formats);
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(rtp, "rtp");
        Objects.requireNonNull(rtcp, "rtcp");
    }

    /** True when the line is recorded. */
    public boolean accepted() {
        return refusal.isEmpty();
    }
}
