package io.siprec.rtp.internal;

import io.siprec.rtp.RtcpSettings;
import io.siprec.rtp.internal.rtcp.RtcpSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/** The sockets of one stream's RTCP session. Loop thread only. */
final class StreamRtcp {
    private final PortPair pair;
    private final RtcpSession session;
    private final StreamSrtp srtp; // null for plain RTCP
    private final int maxDatagrams;
    private StreamCapture capture; // null for none
    private long lookAgainNanos;

    /**
     * @param session that was told what is negotiated
     * @param srtp null for plain RTCP
     */
    StreamRtcp(PortPair pair, RtcpSession session, StreamSrtp srtp, int maxDatagrams, long nowNanos) {
        this.pair = pair;
        this.session = session;
        this.srtp = srtp;
        this.maxDatagrams = maxDatagrams;
        this.lookAgainNanos = nowNanos;
    }

    /** Captures packets. Before the first one. */
    void capture(StreamCapture value) {
        capture = value;
    }

    /** Takes what has arrived on the port for RTCP. */
    void drain(ByteBuffer buffer, long nowNanos) throws IOException {
        for (int i = 0; i < maxDatagrams; i++) {
            buffer.clear();
            InetSocketAddress source = (InetSocketAddress) pair.rtcp().receive(buffer);
            if (source == null) {
                return;
            }
            take(buffer.flip(), source, pair.rtcpPort(), nowNanos);
        }
    }

    /** Takes a datagram of either port. */
    void take(ByteBuffer datagram, InetSocketAddress source, int localPort, long nowNanos) {
        if (capture != null) {
            capture.arrived(datagram);
        }
        boolean open = srtp == null || srtp.openRtcp(datagram);
        if (open && session.onDatagram(datagram, source, nowNanos) && capture != null) {
            capture.rtcp(datagram, source, localPort, nowNanos);
        }
        lookAgainNanos = nowNanos;
    }

    /** Sends the report that is due, if one is. Called in each sweep, so that it looks at one field where none is. */
    void report(ByteBuffer buffer, long nowNanos) {
        if (nowNanos - lookAgainNanos < 0) {
            return;
        }
        if (session.due(nowNanos)) {
            send(buffer, session.report(buffer, nowNanos));
        }
        lookAgainNanos = session.lookAgainNanos(nowNanos);
    }

    /** What was negotiated has changed. */
    void negotiated(RtcpSettings settings, Optional<InetSocketAddress> rtp, long nowNanos) {
        session.negotiated(settings, rtp);
        lookAgainNanos = nowNanos;
    }

    /** Says goodbye. */
    void leave(ByteBuffer buffer, long nowNanos) {
        send(buffer, session.bye(buffer, nowNanos));
    }

    /** From the port that RTCP is received on (RFC 4961 §4). */
    private void send(ByteBuffer buffer, InetSocketAddress target) {
        if (target == null) {
            return;
        }
        DatagramChannel channel = session.mux() ? pair.rtp() : pair.rtcp();
        try {
            if (srtp != null) {
                srtp.protectRtcp(buffer);
            }
            session.sent(channel.send(buffer, target) > 0);
        } catch (IOException | RuntimeException e) { // no route, or an address that this socket can't send to
            session.sent(false);
        }
    }
}
