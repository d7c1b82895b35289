package io.siprec.rtp;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Finds ports of loopback that nobody holds. */
public final class FreePort {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();

    private FreePort() {}

    /** The first, even port of a free run; found by the OS. */
    public static int evenRun(int ports) throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            List<DatagramSocket> sockets = new ArrayList<>();
            try {
                DatagramSocket first = new DatagramSocket(new InetSocketAddress(LOCAL, 0));
                sockets.add(first);
                int port = first.getLocalPort() + 1 & ~1;
                for (int i = first.getLocalPort() + 1; i < port + ports; i++) {
                    sockets.add(new DatagramSocket(new InetSocketAddress(LOCAL, i)));
                }
                return port;
            } catch (IOException | IllegalArgumentException e) {
                // the neighbours are taken: try elsewhere
            } finally {
                sockets.forEach(DatagramSocket::close);
            }
        }
        throw new IOException("no run of free ports");
    }
}
