package io.siprec.sip.internal.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many of something each source has, on all loops. Any thread. A source is an IPv4 address or an IPv6 /64: one host may have all of that. */
final class AddressCounts {
    private static final int PREFIX_BYTES = 8;

    private final int limit;
    private final Map<InetAddress, Integer> counts = new ConcurrentHashMap<>(); // only of sources that have one now

    AddressCounts(int limit) {
        this.limit = limit;
    }

    boolean full(InetAddress address) {
        return counts.getOrDefault(source(address), 0) >= limit;
    }

    void add(InetAddress address) {
        counts.merge(source(address), 1, Integer::sum);
    }

    void remove(InetAddress address) {
        counts.computeIfPresent(source(address), (source, count) -> count == 1 ? null : count - 1);
    }

    private static InetAddress source(InetAddress address) {
        if (!(address instanceof Inet6Address) || address.isLoopbackAddress()) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, PREFIX_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }
}
