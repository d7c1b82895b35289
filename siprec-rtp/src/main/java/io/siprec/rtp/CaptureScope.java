package io.siprec.rtp;

/** Which packets of a stream are kept in a packet capture. Never those that were refused, or came while nothing is recorded. */
public enum CaptureScope {
    /** Those of the accepted source that gave no audio because there is no decoder, or it couldn't read them. */
    UNDECODABLE,
    /** All of the accepted source, RTCP too: the audio files can be made again from them. */
    ALL
}
