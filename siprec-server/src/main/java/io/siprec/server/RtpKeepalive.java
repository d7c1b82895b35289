package io.siprec.server;

/** What keeps the way open for packets that may come later, through a NAT before the recorder (RFC 7866 §8.1.6, RFC 6263). */
public enum RtpKeepalive {
    /** Nothing but the reports to those whose RTP has come: what was never heard of is sent nothing. */
    OFF,
    /**
     * Reports also to the address of the SDP, before RTP comes. That keeps the port of RTP open where the SRC takes RTCP on it
     * (RFC 5761), else the one of RTCP alone.
     */
    RTCP,
    /** The same, and RTP without payload from ports that receive nothing, each 15 s (RFC 6263 §4.6). */
    RTP
}
