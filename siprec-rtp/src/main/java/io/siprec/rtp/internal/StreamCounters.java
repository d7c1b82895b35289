package io.siprec.rtp.internal;

import io.siprec.rtp.StreamStatistics;
import io.siprec.rtp.StreamStatistics.Listening;
import io.siprec.rtp.internal.rtcp.RtcpCounters;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The counters of one stream. Written by its loop alone, as plain fields; {@link #publish} makes them visible to other threads,
 * once per sweep.
 */
final class StreamCounters {
    long datagrams;
    long received;
    long late;
    long duplicates;
    long undecodable;
    long rejectedSource;
    long rejectedSsrc;
    long rejectedPayloadType;
    long rejectedInactive;
    long rejectedPaused;
    long rejectedAuthentication;
    long rejectedReplay;
    long malformed;
    long droppedByQueue;
    final RtcpCounters rtcp = new RtcpCounters();
    long reanchored;
    long internalErrors;
    long expected;
    InetSocketAddress source;
    long ssrc = -1;
    boolean inComfortNoise;
    Listening listening = Listening.RECEIVING;
    long firstNanos; // with the next, valid once something was received
    long lastNanos;
    long listenedNanos;
    long jitterNanos;
    long resolutionNanos;
    long audio;
    long silentAudio;
    long comfortNoise;
    long events;
    long recovered;
    private volatile long published;

    void publish() {
        published++; // one writer
    }

    /** A copy that holds at least what was published last. */
    StreamStatistics snapshot(long diskErrors, WallTime time) {
        long upTo = published; // read for its order: what was written before it is seen now
        return new StreamStatistics(
                received,
                expected,
                upTo == 0 ? 0 : expected - received,
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
                reports(),
                reanchored,
                internalErrors,
                Optional.ofNullable(source),
                ssrc,
                inComfortNoise,
                listening,
                arrival(time),
                new StreamStatistics.Content(audio, silentAudio, comfortNoise, events, recovered));
    }

    private StreamStatistics.Rtcp reports() {
        return new StreamStatistics.Rtcp(
                rtcp.received,
                rtcp.malformed,
                rtcp.unauthentic,
                rtcp.foreign,
                rtcp.senderReports,
                rtcp.byes,
                rtcp.sent,
                rtcp.sendErrors,
                rtcp.senderCname);
    }

    private StreamStatistics.Arrival arrival(WallTime time) {
        Optional<Instant> last = received == 0 ? Optional.empty() : Optional.of(time.at(lastNanos));
        return new StreamStatistics.Arrival(
                datagrams,
                last.map(instant -> instant.minusNanos(lastNanos - firstNanos)), // both by one look at the clocks
                last,
                Duration.ofNanos(listenedNanos),
                Duration.ofNanos(jitterNanos),
                Duration.ofNanos(resolutionNanos));
    }
}
