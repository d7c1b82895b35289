package io.siprec.rtp.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

/** Two bound sockets: an even port for RTP and the next one for RTCP (RFC 3550 §11). */
record PortPair(DatagramChannel rtp, DatagramChannel rtcp, int rtpPort) {
    int rtcpPort() {
        return rtpPort + 1;
    }

    /** Where RTP is received. */
    InetSocketAddress rtpAddress() {
        try {
            return (InetSocketAddress) rtp.getLocalAddress();
        } catch (IOException e) {
            return new InetSocketAddress(rtpPort);
        }
    }

    void close() {
        closeQuietly(rtp);
        closeQuietly(rtcp);
    }

    static void closeQuietly(DatagramChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone in any case, and nothing was to be sent.
        }
    }
}
