package io.siprec.testkit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Loopback ports for a process that can't tell which ones it got: free a moment ago, with luck still free. Any thread. */
public final class FreePorts {
    private FreePorts() {}

    /**
     * The first of {@code count} free UDP ports in a row: even, below the ephemeral range.
     *
     * @throws IOException when no such row is found
     */
    public static int udpRange(int count) throws IOException {
        for (int attempt = 0; attempt < 200; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(10_000, 15_000) * 2;
            if (allFree(first, count)) {
                return first;
            }
        }
        throw new IOException("no " + count + " UDP ports in a row are free");
    }

    /**
     * A port that is free over both UDP and TCP.
     *
     * @throws IOException when none is found
     */
    public static int udpAndTcp() throws IOException {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = udpRange(1);
            try (ServerSocket tcp = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return tcp.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IOException("no port is free over both UDP and TCP");
    }

    private static boolean allFree(int first, int count) {
        List<DatagramSocket> sockets = new ArrayList<>();
        try {
            for (int port = first; port < first + count; port++) {
                sockets.add(new DatagramSocket(port, InetAddress.getByName("127.0.0.1")));
            }
            return true;
        } catch (IOException taken) {
            return false;
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
    }
}
