package io.siprec.rtp;

/**
 * What became of the packets of all streams since the start; see {@link StreamStatistics} for each. No counter ever falls.
 *
 * @param lost of streams that have ended: until then one may still come
 * @param droppedBySystem of streams that have ended, as far as the system tells
 * @param droppedByQueue blocks of audio, because the writer's queue was full
 * @param diskErrors blocks of audio, headers or files that the disk refused
 */
public record PacketStatistics(
        long received,
        long lost,
        long late,
        long duplicates,
        long undecodable,
        long malformed,
        long rejectedSource,
        long rejectedSsrc,
        long rejectedPayloadType,
        long rejectedInactive,
        long rejectedPaused,
        long rejectedAuthentication,
        long rejectedReplay,
        long droppedBySystem,
        long droppedByQueue,
        long diskErrors) {
    /** Nothing yet. */
    public static final PacketStatistics NONE = new PacketStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** With a stream that is open. */
    public PacketStatistics plus(StreamStatistics stream) {
        return plus(stream, 0, 0);
    }

    /** With a stream that has ended. */
    public PacketStatistics plus(StreamReport ended) {
        StreamStatistics stream = ended.statistics();
        return plus(stream, stream.lost(), ended.socketDrops().orElse(0));
    }

    private PacketStatistics plus(StreamStatistics stream, long streamLost, long socketDrops) {
        return new PacketStatistics(
                received + stream.received(),
                lost + streamLost,
                late + stream.late(),
                duplicates + stream.duplicates(),
                undecodable + stream.undecodable(),
                malformed + stream.malformed(),
                rejectedSource + stream.rejectedSource(),
                rejectedSsrc + stream.rejectedSsrc(),
                rejectedPayloadType + stream.rejectedPayloadType(),
                rejectedInactive + stream.rejectedInactive(),
                rejectedPaused + stream.rejectedPaused(),
                rejectedAuthentication + stream.rejectedAuthentication(),
                rejectedReplay + stream.rejectedReplay(),
                droppedBySystem + socketDrops,
                droppedByQueue + stream.droppedByQueue(),
                diskErrors + stream.diskErrors());
    }
}
