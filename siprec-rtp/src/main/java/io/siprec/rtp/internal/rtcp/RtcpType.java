package io.siprec.rtp.internal.rtcp;

/** Packet types (RFC 3550 §12.1, RFC 3611). */
final class RtcpType {
    static final int SR = 200;
    static final int RR = 201;
    static final int SDES = 202;
    static final int BYE = 203;
    static final int APP = 204;
    static final int XR = 207;

    /** The item of SDES that names the source. */
    static final int CNAME = 1;

    private RtcpType() {}
}
