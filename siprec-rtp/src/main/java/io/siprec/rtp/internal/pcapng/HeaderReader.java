package io.siprec.rtp.internal.pcapng;

import java.nio.ByteBuffer;

/** Takes off the headers that {@link HeaderWriter} makes. */
public final class HeaderReader {
    private static final int IPV4_UDP_BYTES = 28;
    private static final int IPV6_UDP_BYTES = 48;

    private HeaderReader() {}

    /** What a UDP packet carries; empty when it has no room for headers. */
    public static ByteBuffer udpPayload(ByteBuffer packet) {
        boolean four = packet.hasRemaining() && (packet.get(0) >> 4 & 0x0f) == 4;
        int headers = Math.min(packet.limit(), four ? IPV4_UDP_BYTES : IPV6_UDP_BYTES);
        return packet.slice(headers, packet.limit() - headers);
    }
}
