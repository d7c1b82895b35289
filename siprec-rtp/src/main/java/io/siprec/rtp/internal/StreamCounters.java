package io.siprec.rtp.internal;

import io.siprec.rtp.StreamStatistics;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The counters of one stream. Written by its loop alone, as plain fields; {@link #publish} makes them visible to other threads,
 * once per sweep.
 */
final class StreamCounters {
    private static final StreamStatistics NONE =
            new StreamStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Optional.empty(), -1, false);

    long datagrams;
    long received;
    long late;
    long duplicates;
    long undecodable;
    long rejectedSource;
    long rejectedPayloadType;
    long rejectedInactive;
    long malformed;
    long droppedByQueue;
    long rtcp;
    long reanchored;
    long internalErrors;
    long expected;
    InetSocketAddress source;
    long ssrc = -1;
    boolean inComfortNoise;
    private volatile long published;

    void publish() {
        published++; // one writer
    }

    /** A copy that holds at least what was published last. */
    StreamStatistics snapshot(long diskErrors) {
        if (published == 0) {
            return NONE;
        }
        return new StreamStatistics(
                received,
                expected,
                expected - received,
                late,
                duplicates,
                undecodable,
                rejectedSource,
                rejectedPayloadType,
                rejectedInactive,
                malformed,
                droppedByQueue,
                diskErrors,
                rtcp,
                reanchored,
                internalErrors,
                Optional.ofNullable(source),
                ssrc,
                inComfortNoise);
    }
}
