package io.siprec.rtp.internal.rtcp;

import java.net.InetSocketAddress;

/** What is known of the RTP that is received; what the reports tell. */
public interface Reception {
    /** The accepted SSRC, or -1 before the first packet. */
    long ssrc();

    /** The accepted source, or null before the first packet. */
    InetSocketAddress source();

    /** Packets expected of this SSRC. */
    long expected();

    /** Packets received of this SSRC, late ones and duplicates included (RFC 3550 A.3). */
    long received();

    /** The highest sequence number of this SSRC with the count of its cycles above it. */
    int extendedHighest();

    /** The jitter in ticks of the RTP clock. */
    int jitterTicks();
}
