package io.siprec.rtp.internal;

import io.siprec.rtp.RtpPacketWriter;
import io.siprec.rtp.internal.rtcp.SingleHost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.SplittableRandom;

/**
 * Keeps the binding of a NAT before us alive while a port receives nothing: RTP without payload, of a type that nobody
 * negotiated, so that whoever gets it drops it (RFC 6263 §4.6). Loop thread only.
 */
final class Keepalive {
    /** RFC 6263 §7. */
    static final long PERIOD_NANOS = 15_000_000_000L;

    private static final int HIGHEST_DYNAMIC_TYPE = 127;
    private static final byte[] NO_PAYLOAD = {};

    private final DatagramChannel channel;
    private final StreamReceiver receiver;
    private final StreamCounters counters;
    private final StreamSrtp srtp; // null for plain RTP
    private final RtpPacketWriter packet = new RtpPacketWriter();
    private int sequence;
    private long heardDatagrams;
    private long dueNanos;

    /** @param srtp null for plain RTP */
    Keepalive(
            DatagramChannel channel,
            StreamReceiver receiver,
            StreamCounters counters,
            StreamSrtp srtp,
            SplittableRandom random,
            long nowNanos) {
        this.channel = channel;
        this.receiver = receiver;
        this.counters = counters;
        this.srtp = srtp;
        this.sequence = random.nextInt();
        this.dueNanos = nowNanos + PERIOD_NANOS;
        packet.timestamp(random.nextInt()); // it stands still: no media time passes
    }

    /** Sends one when the port has been idle for a period. {@code ssrc} is that of our reports. */
    void look(ByteBuffer buffer, long ssrc, long nowNanos) {
        if (counters.datagrams != heardDatagrams) {
            heardDatagrams = counters.datagrams;
            dueNanos = nowNanos + PERIOD_NANOS;
        } else if (nowNanos - dueNanos >= 0) {
            dueNanos = nowNanos + PERIOD_NANOS;
            InetSocketAddress to = SingleHost.orNull(receiver.peer());
            if (to != null) {
                send(buffer, ssrc, to);
            }
        }
    }

    private void send(ByteBuffer buffer, long ssrc, InetSocketAddress to) {
        packet.payloadType(unnegotiated()).sequence(sequence++).ssrc(ssrc);
        packet.write(buffer.clear(), NO_PAYLOAD, 0, 0);
        buffer.flip();
        try {
            if (srtp != null) {
                srtp.protect(buffer);
            }
            channel.send(buffer, to);
        } catch (IOException | RuntimeException e) { // no route: the next one may find one
            counters.internalErrors++;
        }
    }

    private int unnegotiated() {
        int type = HIGHEST_DYNAMIC_TYPE;
        while (type > 0 && receiver.takes(type)) {
            type--;
        }
        return type;
    }
}
