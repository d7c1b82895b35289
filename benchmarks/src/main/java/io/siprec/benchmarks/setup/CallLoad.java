package io.siprec.benchmarks.setup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes calls over UDP at a steady rate: INVITE, 200, ACK, a while, BYE, 200. Repeats what got no answer as a SIP client
 * does (RFC 3261 timers A and E), and counts it: a server that keeps up needs no repetition.
 */
final class CallLoad implements AutoCloseable {
    private static final int SOCKET_BUFFER_BYTES = 4 * 1_024 * 1_024;
    private static final long HOLD_NS = 200_000_000L;
    private static final long T1_NS = 500_000_000L;
    private static final long GIVE_UP_NS = 8_000_000_000L;
    private static final long SCAN_NS = 50_000_000L;

    private final DatagramChannel channel;
    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(65_536);
    private final InviteTemplate template;
    private final Map<String, Call> open = new HashMap<>();
    private final Deque<Call> held = new ArrayDeque<>();
    private final String run = Long.toHexString(System.nanoTime());
    private final List<Long> setUpNs = new ArrayList<>();
    private long started;
    private long completed;
    private long failed;
    private long repeated;

    /** What came of a round. */
    record Result(long started, long completed, long failed, long repeated, double seconds, long p50Us, long p99Us) {}

    private static final class Call {
        private final String id;
        private final long startNs;
        private byte[] request;
        private long sentNs;
        private long intervalNs = T1_NS;
        private long byeAtNs;
        private String to;

        private Call(String id, byte[] invite, long nowNs) {
            this.id = id;
            this.startNs = nowNs;
            this.request = invite;
        }
    }

    CallLoad(int remotePort) throws IOException {
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        channel.bind(new InetSocketAddress(loopback, 0));
        channel.connect(new InetSocketAddress(loopback, remotePort));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        template = new InviteTemplate(((InetSocketAddress) channel.getLocalAddress()).getPort(), remotePort);
    }

    /** Starts {@code rate} calls a second for some seconds, then waits until none is open. */
    Result run(int rate, int seconds) throws IOException {
        long begin = System.nanoTime();
        long wanted = (long) rate * seconds;
        long nextScan = begin + SCAN_NS;
        while (started < wanted || !open.isEmpty()) {
            long now = System.nanoTime();
            long due = Math.min(wanted, (now - begin) * rate / 1_000_000_000L + 1);
            while (started < due) {
                start(System.nanoTime());
            }
            selector.select(1);
            selector.selectedKeys().clear();
            receive();
            endHeld(System.nanoTime());
            if (now >= nextScan) {
                repeat(now);
                nextScan = now + SCAN_NS;
            }
        }
        double took = (System.nanoTime() - begin) / 1e9;
        setUpNs.sort(null);
        return new Result(started, completed, failed, repeated, took, percentileUs(50), percentileUs(99));
    }

    private long percentileUs(int percent) {
        return setUpNs.isEmpty() ? -1 : setUpNs.get((int) ((setUpNs.size() - 1L) * percent / 100)) / 1_000;
    }

    private void start(long nowNs) throws IOException {
        String id = "b" + run + "x" + started++;
        Call call = new Call(id, template.invite(id), nowNs);
        open.put(id, call);
        send(call, nowNs);
    }

    private void send(Call call, long nowNs) throws IOException {
        call.sentNs = nowNs;
        channel.write(ByteBuffer.wrap(call.request));
    }

    private void receive() throws IOException {
        while (channel.read(in.clear()) > 0) {
            in.flip();
            byte[] bytes = new byte[in.remaining()];
            in.get(bytes);
            onMessage(new String(bytes, ISO_8859_1));
        }
    }

    private void onMessage(String text) throws IOException {
        if (text.startsWith("SIP/2.0 ")) {
            onResponse(text);
        } // a BYE of the server ends a call that has failed here already
    }

    private void onResponse(String text) throws IOException {
        Call call = open.get(value(text, "\r\nCall-ID:"));
        int status = Integer.parseInt(text.substring(8, 11));
        if (call == null || status < 200) {
            return;
        }
        boolean invite = value(text, "\r\nCSeq:").endsWith("INVITE");
        if (invite && status < 300) {
            onAnswer(call, text);
        } else if (status >= 300) {
            fail(call);
        } else {
            open.remove(call.id);
            completed++;
        }
    }

    private void onAnswer(Call call, String text) throws IOException {
        boolean first = call.to == null;
        call.to = "To: " + value(text, "\r\nTo:");
        channel.write(ByteBuffer.wrap(template.ack(call.id, call.to)));
        if (first) {
            long now = System.nanoTime();
            setUpNs.add(now - call.startNs);
            call.request = null;
            call.byeAtNs = now + HOLD_NS;
            held.add(call);
        } else {
            repeated++; // the server repeated its 200
        }
    }

    private static String value(String text, String header) {
        int at = text.indexOf(header) + header.length();
        return text.substring(at, text.indexOf("\r\n", at)).trim();
    }

    private void endHeld(long nowNs) throws IOException {
        while (!held.isEmpty() && held.peek().byeAtNs <= nowNs) {
            Call call = held.remove();
            call.request = template.bye(call.id, call.to);
            call.intervalNs = T1_NS;
            send(call, nowNs);
        }
    }

    private void repeat(long nowNs) throws IOException {
        for (Call call : List.copyOf(overdue(nowNs))) {
            if (nowNs - call.startNs > GIVE_UP_NS) {
                fail(call);
            } else {
                repeated++;
                call.intervalNs *= 2;
                send(call, nowNs);
            }
        }
    }

    private Collection<Call> overdue(long nowNs) {
        return open.values().stream()
                .filter(call -> call.request != null && nowNs - call.sentNs > call.intervalNs)
                .toList();
    }

    private void fail(Call call) {
        open.remove(call.id);
        failed++;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
