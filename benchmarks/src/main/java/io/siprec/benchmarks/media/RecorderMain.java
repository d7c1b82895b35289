package io.siprec.benchmarks.media;

import io.siprec.server.SiprecServer;
import io.siprec.sip.transport.Transport;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The server as a process of its own, which tells of its memory when asked. */
final class RecorderMain {
    private RecorderMain() {}

    /** Argument: directory. Prints the SIP port; answers each line on standard input: {@code memory} or {@code collections}. */
    public static void main(String[] args) throws Exception {
        SiprecServer server = SiprecServer.builder(Path.of(args[0]))
                .listen(Transport.UDP, "127.0.0.1", 0)
                .rtpAddress(InetAddress.getByName("127.0.0.1"))
                .rtpPorts(10_000, 32_000)
                .build();
        server.start();
        System.out.println(server.listeningPoints().get(0).address().getPort());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(line.equals("memory") ? memory() : collections());
        }
        server.close();
    }

    /** Bytes in use: heap after a collection, direct buffers. */
    private static String memory() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return heap + " " + direct;
    }

    /** How often the collectors ran, the ms that this took, and the bytes that were allocated. */
    private static String collections() {
        long count = 0;
        long ms = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            count += collector.getCollectionCount();
            ms += collector.getCollectionTime();
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
        return count + " " + ms + " " + allocated;
    }
}
