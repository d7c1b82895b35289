package io.siprec.server;

/**
 * Sizes of the server's tables and what it had to drop. After the last call has ended and its transactions have run
 * out (64·T1, 32 s), all sizes are 0.
 *
 * @param sessions recording sessions, until their files are final
 * @param dialogs SIP dialogs
 * @param serverTransactions SIP transactions of peers
 * @param clientTransactions SIP transactions of ours
 * @param connections TCP connections
 * @param streams media streams being received
 * @param freeRtpPortPairs RTP port pairs that a new stream could take
 * @param rtpPackets RTP packets received since the start
 * @param droppedAudioBlocks blocks of audio that the disk was too slow for
 * @param fileFailures files beside the audio that could not be written
 */
public record ServerStatistics(
        int sessions,
        long dialogs,
        long serverTransactions,
        long clientTransactions,
        long connections,
        int streams,
        int freeRtpPortPairs,
        long rtpPackets,
        long droppedAudioBlocks,
        long fileFailures) {}
