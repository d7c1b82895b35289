package io.siprec.rtp.internal;

import java.io.IOException;
import java.nio.channels.DatagramChannel;

/** Two bound sockets: an even port for RTP and the next one for RTCP (RFC 3550 §11). */
record PortPair(DatagramChannel rtp, DatagramChannel rtcp, int rtpPort) {
    int rtcpPort() {
        return rtpPort + 1;
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
