package io.siprec.rtp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
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
 * @param rejectedSource from an address that was not accepted
 * @param rejectedSsrc from the accepted address, with an SSRC or a leap in sequence that did not prove itself
 * @param rejectedPayloadType with a payload type that was not negotiated
 * @param rejectedInactive while the line was inactive
 * @param rejectedPaused while we had paused the recording, or sent before the end of a pause
 * @param rejectedAuthentication SRTP that is not authentic: another key, a forgery, or not encrypted at all
 * @param rejectedReplay SRTP that came before, or is too old to know (RFC 3711 §3.3.2)
 * @param malformed not RTP (RFC 3550 §5.1, A.1)
 * @param droppedByQueue blocks of audio dropped because the writer's queue was full
 * @param diskErrors blocks of audio, headers or files that the disk refused
 * @param rtcp reports
 * @param reanchored times the timeline was set anew by the arrival clock: SSRC change, restart, jump
 * @param internalErrors failures inside the recorder, each costing at most one packet
 * @param source the accepted source
 * @param ssrc the accepted SSRC, or -1 before the first packet
 * @param inComfortNoise the newest packet was comfort noise (RFC 3389): silence is meant until the next one
 * @param listening what is done with packets now
 * @param arrival when they came
 * @param content what was in them
 */
public record StreamStatistics(
        long received,
        long expected,
        long lost,
        long late,
        long duplicates,
        long undecodable,
        long rejectedSource,
        long rejectedSsrc,
        long rejectedPayloadType,
        long rejectedInactive,
        long rejectedPaused,
        long rejectedAuthentication,
        long rejectedReplay,
        long malformed,
        long droppedByQueue,
        long diskErrors,
        Rtcp rtcp,
        long reanchored,
        long internalErrors,
        Optional<InetSocketAddress> source,
        long ssrc,
        boolean inComfortNoise,
        Listening listening,
        Arrival arrival,
        Content content) {

    StreamStatistics withoutName() {
        return new StreamStatistics(
                received,
                expected,
                lost,
                late,
                duplicates,
                undecodable,
                rejectedSource,
                rejectedSsrc,
                rejectedPayloadType,
                rejectedInactive,
                rejectedPaused,
                rejectedAuthentication,
                rejectedReplay,
                malformed,
                droppedByQueue,
                diskErrors,
                rtcp.withoutName(),
                reanchored,
                internalErrors,
                source,
                ssrc,
                inComfortNoise,
                listening,
                arrival,
                content);
    }

    /** What is done with packets. */
    public enum Listening {
        /** They are recorded. */
        RECEIVING,
        /** The line is inactive: they are dropped. */
        INACTIVE,
        /** We have paused the recording: they are dropped. */
        PAUSED
    }

    /**
     * When packets came. Known by the sweep that read them, which is at most {@code resolution} later on average.
     *
     * @param datagrams all that reached the RTP port
     * @param first the first packet that was taken
     * @param last the last packet that was taken
     * @param listened how long packets were wanted: neither inactive nor paused
     * @param jitter interarrival jitter (RFC 3550 A.8); what is below {@code resolution} may be the sweep's own
     * @param resolution how far the arrival times behind {@code jitter} may be off: a sweep or a packet time
     */
    public record Arrival(
            long datagrams,
            Optional<Instant> first,
            Optional<Instant> last,
            Duration listened,
            Duration jitter,
            Duration resolution) {}

    /**
     * Reports, in compound packets (RFC 3550 §6.1).
     *
     * @param received on either port
     * @param malformed of these, with a length or version that is wrong
     * @param unauthentic of these, that SRTCP refused: not authentic, or a replay
     * @param foreign of these, not from the host or not about the source that is recorded
     * @param senderReports SRs of the source
     * @param byes goodbyes of the source
     * @param sent by us
     * @param sendErrors reports that the system refused to send
     * @param cname the source's CNAME, "" when it sent none
     */
    public record Rtcp(
            long received,
            long malformed,
            long unauthentic,
            long foreign,
            long senderReports,
            long byes,
            long sent,
            long sendErrors,
            String cname) {
        Rtcp withoutName() {
            return new Rtcp(received, malformed, unauthentic, foreign, senderReports, byes, sent, sendErrors, "");
        }
    }

    /**
     * What was in the packets that were taken.
     *
     * @param audio decoded
     * @param silent of these, digital silence: the same value throughout, or no sample beyond 8 of 32,768 (-72 dBov)
     * @param comfortNoise RFC 3389
     * @param events RFC 4733
     * @param recovered of those that are lost, recovered from what the next packet repeats
     */
    public record Content(long audio, long silent, long comfortNoise, long events, long recovered) {}
}
