package io.siprec.rtp;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The completeness of one stream, in packets unless said otherwise.
 *
 * @param received distinct packets taken from the accepted source, late and undecodable ones included
 * @param expected highest minus first extended sequence number plus one, summed over all SSRCs (RFC 3550 A.3)
 * @param lost expected minus received
 * @param late received, but too late for their place in the file
 * @param duplicates received more than once; not part of {@code received}
 * @param undecodable received, of a negotiated format that can't be decoded, or with a faulty payload
 * @param rejectedSource from an address or with an SSRC that was not accepted
 * @param rejectedPayloadType with a payload type that was not negotiated
 * @param rejectedInactive while the line was inactive
 * @param malformed not RTP (RFC 3550 §5.1, A.1)
 * @param droppedByQueue blocks of audio dropped because the writer's queue was full
 * @param diskErrors blocks of audio, headers or files that the disk refused
 * @param rtcp RTCP packets received
 * @param reanchored times the timeline was set anew by the arrival clock: SSRC change, restart, jump
 * @param internalErrors failures inside the recorder, each costing at most one packet
 * @param source the accepted source
 * @param ssrc the accepted SSRC, or -1 before the first packet
 * @param inComfortNoise the newest packet was comfort noise (RFC 3389): silence is meant until the next one
 */
public record StreamStatistics(
        long received,
        long expected,
        long lost,
        long late,
        long duplicates,
        long undecodable,
        long rejectedSource,
        long rejectedPayloadType,
        long rejectedInactive,
        long malformed,
        long droppedByQueue,
        long diskErrors,
        long rtcp,
        long reanchored,
        long internalErrors,
        Optional<InetSocketAddress> source,
        long ssrc,
        boolean inComfortNoise) {}
