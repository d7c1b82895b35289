package io.siprec.rtp.internal.pcapng;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Makes the headers that the system has stripped off: IPv4 (RFC 791) or IPv6 (RFC 8200), and UDP (RFC 768) or TCP (RFC 9293),
 * with right checksums. Addresses are those of the sockets; what a socket doesn't tell, such as the hop limit, is a plain value.
 */
public final class HeaderWriter {
    /** The most bytes of an IPv6 and a TCP header. */
    public static final int MAX_HEADER_BYTES = 60;

    /** The most bytes that fit behind the headers in one packet. */
    public static final int MAX_PAYLOAD_BYTES = 65_535 - MAX_HEADER_BYTES;

    private static final int UDP = 17;
    private static final int TCP = 6;
    private static final int UDP_BYTES = 8;
    private static final int TCP_BYTES = 20;
    private static final int HOPS = 64;
    private static final int PUSH_AND_ACK = 0x18;
    private static final int WINDOW = 65_535;
    private static final int IPV4_BYTES = 20;

    private HeaderWriter() {}

    /** One end of a packet; an IPv4 address stays one only if the other end is one too. */
    public record End(byte[] ipv4, byte[] ipv6, int port) {
        /** The end at an address; an unresolved one is the unspecified address. */
        public static End of(InetSocketAddress address) {
            InetAddress ip = address.getAddress();
            byte[] bytes = ip == null ? new byte[4] : ip.getAddress();
            if (bytes.length == 4) {
                return new End(bytes, mapped(bytes), address.getPort());
            }
            return new End(ip.isAnyLocalAddress() ? new byte[4] : null, bytes, address.getPort());
        }

        /** As IPv4 stands in IPv6 (RFC 4291 §2.5.5.2). */
        private static byte[] mapped(byte[] ipv4) {
            byte[] ipv6 = new byte[16];
            ipv6[10] = (byte) 0xff;
            ipv6[11] = (byte) 0xff;
            System.arraycopy(ipv4, 0, ipv6, 12, 4);
            return ipv6;
        }
    }

    /** A UDP packet; the payload's position moves to its limit. */
    public static void udp(ByteBuffer out, End from, End to, ByteBuffer payload) {
        int length = UDP_BYTES + payload.remaining();
        int pseudo = ip(out, from, to, UDP, length);
        int start = out.position();
        bigEndian(out, from.port);
        bigEndian(out, to.port);
        bigEndian(out, length);
        bigEndian(out, 0);
        out.put(payload);
        int checksum = fold(pseudo + (long) sum(out, start, out.position()));
        bigEndian(out, start + 6, checksum == 0 ? 0xffff : checksum); // 0 would mean none
    }

    /** A TCP segment with data; the payload's position moves to its limit. */
    public static void tcp(ByteBuffer out, End from, End to, int sequence, int acknowledged, ByteBuffer payload) {
        int pseudo = ip(out, from, to, TCP, TCP_BYTES + payload.remaining());
        int start = out.position();
        bigEndian(out, from.port);
        bigEndian(out, to.port);
        bigEndian(out, sequence >>> 16);
        bigEndian(out, sequence);
        bigEndian(out, acknowledged >>> 16);
        bigEndian(out, acknowledged);
        bigEndian(out, TCP_BYTES / 4 << 12 | PUSH_AND_ACK);
        bigEndian(out, WINDOW);
        bigEndian(out, 0);
        bigEndian(out, 0);
        out.put(payload);
        bigEndian(out, start + 16, fold(pseudo + (long) sum(out, start, out.position())));
    }

    /** The IP header; the sum of the pseudo-header of what follows. */
    private static int ip(ByteBuffer out, End from, End to, int protocol, int length) {
        boolean four = from.ipv4 != null && to.ipv4 != null;
        byte[] source = four ? from.ipv4 : from.ipv6;
        byte[] destination = four ? to.ipv4 : to.ipv6;
        if (four) {
            int start = out.position();
            bigEndian(out, 0x4500);
            bigEndian(out, IPV4_BYTES + length);
            bigEndian(out, 0);
            bigEndian(out, 0);
            bigEndian(out, HOPS << 8 | protocol);
            bigEndian(out, 0);
            out.put(source).put(destination);
            bigEndian(out, start + 10, fold(sum(out, start, out.position())));
        } else {
            bigEndian(out, 0x6000);
            bigEndian(out, 0);
            bigEndian(out, length);
            bigEndian(out, protocol << 8 | HOPS);
            out.put(source).put(destination);
        }
        return sum(out, out.position() - source.length - destination.length, out.position()) + protocol + length;
    }

    private static int sum(ByteBuffer buffer, int from, int to) {
        int sum = 0;
        int at = from;
        for (; at + 1 < to; at += 2) {
            sum += (buffer.get(at) & 0xff) << 8 | buffer.get(at + 1) & 0xff;
        }
        return at < to ? sum + ((buffer.get(at) & 0xff) << 8) : sum;
    }

    /** The checksum of a sum (RFC 1071). */
    private static int fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) ~folded & 0xffff;
    }

    /** 16 bits in network byte order, whatever the buffer's is. */
    private static void bigEndian(ByteBuffer out, int value) {
        out.put((byte) (value >>> 8)).put((byte) value);
    }

    private static void bigEndian(ByteBuffer out, int at, int value) {
        out.put(at, (byte) (value >>> 8)).put(at + 1, (byte) value);
    }
}
