package io.siprec.server;

import io.siprec.rtp.PacketStatistics;
import io.siprec.sip.SipStatistics;

/**
 * Sizes of the server's tables and what it had to drop. After the last call has ended and its transactions have run
 * out (64·T1, 32 s), all sizes are 0.
 *
 * @param sessions recording sessions, until their files are final
 * @param sip of the SIP stack: its tables and queues, and what it dropped
 * @param streams media streams being received
 * @param freeRtpPortPairs RTP port pairs that a new stream could take
 * @param rtpPackets RTP packets received since the start
 * @param droppedAudioBlocks blocks of audio that the disk was too slow for
 * @param fileFailures files beside the audio that could not be written
 * @param recordings the verdicts on those that have ended
 * @param packets what became of all packets, with what was dropped by us
 */
public record ServerStatistics(
        int sessions,
        SipStatistics sip,
        int streams,
        int freeRtpPortPairs,
        long rtpPackets,
        long droppedAudioBlocks,
        long fileFailures,
        RecordingStatistics recordings,
        PacketStatistics packets) {}
