package io.siprec.rtp.internal.rtcp;

/** The counters of one stream's RTCP. Plain fields; the owner makes them visible to other threads. */
public final class RtcpCounters {
    public long received;
    public long malformed;
    public long unauthentic;
    public long foreign;
    public long senderReports;
    public long byes;
    public long sent;
    public long sendErrors;
    public long collisions;
    public String senderCname = "";

    /** All 0. */
    public RtcpCounters() {}
}
