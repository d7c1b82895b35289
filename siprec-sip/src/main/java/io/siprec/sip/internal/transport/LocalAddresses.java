package io.siprec.sip.internal.transport;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which address of ours a peer sees, as the routing table says. The answers of the last peers are kept. */
final class LocalAddresses {
    private static final int KEPT = 1_024;
    private static final int ANY_PORT = 9; // connecting a datagram socket sends nothing

    private final Map<InetAddress, InetAddress> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, InetAddress> eldest) {
            return size() > KEPT;
        }
    };

    /** Our address towards the peer; the loopback address when there is no route. */
    InetAddress towards(InetAddress peer) {
        InetAddress address = known.get(peer);
        if (address == null) {
            address = ask(peer);
            known.put(peer, address);
        }
        return address;
    }

    private static InetAddress ask(InetAddress peer) {
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.connect(new InetSocketAddress(peer, ANY_PORT));
            return ((InetSocketAddress) probe.getLocalAddress()).getAddress();
        } catch (IOException e) {
            return InetAddress.getLoopbackAddress();
        }
    }

    /** The address as it stands in a URI: IPv6 in brackets, without a zone. */
    static String uriHost(InetAddress address) {
        String text = address.getHostAddress();
        if (!(address instanceof Inet6Address)) {
            return text;
        }
        int zone = text.indexOf('%');
        return "[" + (zone < 0 ? text : text.substring(0, zone)) + "]";
    }
}
