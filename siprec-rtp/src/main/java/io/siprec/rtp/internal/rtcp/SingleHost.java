package io.siprec.rtp.internal.rtcp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What may be sent to: a port of one host, so never the unspecified address, a group or a broadcast. */
public final class SingleHost {
    private SingleHost() {}

    /** The target, or null when it is none. */
    public static InetSocketAddress orNull(InetSocketAddress target) {
        return target != null && !target.isUnresolved() && target.getPort() != 0 && unicast(target.getAddress())
                ? target
                : null;
    }

    private static boolean unicast(InetAddress address) {
        boolean broadcast = address instanceof Inet4Address && address.hashCode() == -1; // 255.255.255.255
        return !address.isAnyLocalAddress() && !address.isMulticastAddress() && !broadcast;
    }
}
