package io.siprec.rtp;

import java.util.List;

/**
 * The state of a media plane.
 *
 * @param streams open now
 * @param packetsReceived RTP datagrams read since the start, refused ones included
 * @param blocksDropped blocks of audio dropped since the start because the writer's queue was full
 * @param writeErrors writes, openings and closings of files that failed since the start
 * @param queuedBlocks blocks waiting to be written now
 * @param portPairsInUse pairs bound now
 * @param portPairsQuarantined pairs resting after use
 * @param portPairsFree pairs that can be bound now, as far as known
 * @param loopErrors failures inside the media loops since the start
 * @param streamsPerLoop open now, of each media loop, those for costly codecs last
 */
public record MediaPlaneStatistics(
        int streams,
        long packetsReceived,
        long blocksDropped,
        long writeErrors,
        int queuedBlocks,
        int portPairsInUse,
        int portPairsQuarantined,
        int portPairsFree,
        long loopErrors,
        List<Integer> streamsPerLoop) {
    /** Copies the list. */
    public MediaPlaneStatistics {
        streamsPerLoop = List.copyOf(streamsPerLoop);
    }
}
