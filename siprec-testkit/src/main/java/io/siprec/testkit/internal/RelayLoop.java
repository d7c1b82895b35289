package io.siprec.testkit.internal;

import io.siprec.testkit.NetworkTrouble;
import io.siprec.testkit.RelayLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of a relay: takes datagrams, draws their fates, sends the copies when they are due. */
public final class RelayLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelayLoop.class);
    private static final int MAX_DATAGRAM_BYTES = 65_535;
    private static final int RTP_HEADER_BYTES = 12;

    private final NetworkTrouble trouble;
    private final LongSupplier nanoTime;
    private final Selector selector;
    private final Thread thread;
    private final List<RelayedLine> lines = new CopyOnWriteArrayList<>();
    private final Queue<RelayedLine> fresh = new ConcurrentLinkedQueue<>(); // one per line
    private volatile boolean closed;

    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES); // relay thread only, as are the next
    private final PriorityQueue<Copy> waiting = new PriorityQueue<>(Copy::compare);
    private long copies;

    /** A copy of a packet on its way. {@code order} is that of the arrivals. */
    private record Copy(RelayedLine line, long number, byte[] bytes, long dueNs, long order) {
        /** Nano times may overflow, so only differences compare. */
        static int compare(Copy a, Copy b) {
            int byTime = Long.signum(a.dueNs - b.dueNs);
            return byTime != 0 ? byTime : Long.compare(a.order, b.order);
        }
    }

    /** A relay that doesn't run yet. */
    public RelayLoop(NetworkTrouble trouble, LongSupplier nanoTime) throws IOException {
        this.trouble = trouble;
        this.nanoTime = nanoTime;
        this.selector = Selector.open();
        this.thread = new Thread(this::run, "siprec-relay");
        thread.setDaemon(true);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** Relays what comes to these ports from now on. Any thread. */
    public RelayLine add(RelayPorts ports) {
        synchronized (fresh) {
            RelayedLine line = new RelayedLine(ports, new PacketFates(trouble, lines.size()));
            lines.add(line);
            fresh.add(line);
            selector.wakeup();
            return line;
        }
    }

    /** All lines. Any thread. */
    public List<RelayLine> lines() {
        return List.copyOf(lines);
    }

    /** The clock was moved by hand: looks what is due now. Any thread. */
    public void wake() {
        selector.wakeup();
    }

    private void run() {
        while (!closed) {
            try {
                selector.select(this::take, millisToNext());
                register();
                sendDue();
            } catch (IOException | RuntimeException e) {
                LOG.error("the relay lost a packet that it should not lose", e);
            }
        }
    }

    /** 0 when nothing waits: then only a packet or a command is of interest. */
    private long millisToNext() {
        Copy next = waiting.peek();
        return next == null ? 0 : Math.max(1, (next.dueNs - nanoTime.getAsLong()) / 1_000_000);
    }

    private void register() throws IOException {
        for (RelayedLine line = fresh.poll(); line != null; line = fresh.poll()) {
            line.ports().rtp().register(selector, SelectionKey.OP_READ, line);
            line.ports().rtcp().register(selector, SelectionKey.OP_READ, line);
        }
    }

    private void take(SelectionKey key) {
        RelayedLine line = (RelayedLine) key.attachment();
        DatagramChannel channel = (DatagramChannel) key.channel();
        try {
            for (InetSocketAddress from = receive(channel); from != null; from = receive(channel)) {
                if (channel == line.ports().rtp()) {
                    takeRtp(line, from);
                } else {
                    takeReport(line, from);
                }
            }
        } catch (IOException e) {
            LOG.error("the relay lost a packet that it should not lose", e);
        }
    }

    private InetSocketAddress receive(DatagramChannel channel) throws IOException {
        buffer.clear();
        InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
        buffer.flip();
        return from;
    }

    private void takeRtp(RelayedLine line, InetSocketAddress from) throws IOException {
        if (from.equals(line.recorder())) {
            line.returned();
            pass(line.ports().rtp(), line.client());
            return;
        }
        long nowNs = nanoTime.getAsLong();
        long[] delaysNs = line.came(from, sequence());
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        for (long delayNs : delaysNs) {
            waiting.add(new Copy(line, line.newest(), bytes, nowNs + delayNs, copies++));
        }
    }

    private int sequence() {
        return buffer.remaining() < RTP_HEADER_BYTES ? -1 : buffer.getShort(2) & 0xffff;
    }

    private void takeReport(RelayedLine line, InetSocketAddress from) throws IOException {
        if (from.equals(line.recorderReports())) {
            line.returned();
            pass(line.ports().rtcp(), line.clientReports());
        } else {
            line.reportsFrom(from);
            pass(line.ports().rtcp(), line.recorderReports());
        }
    }

    private void pass(DatagramChannel channel, InetSocketAddress to) throws IOException {
        if (to != null) {
            channel.send(buffer, to);
        }
    }

    private void sendDue() throws IOException {
        long nowNs = nanoTime.getAsLong();
        while (!waiting.isEmpty() && waiting.peek().dueNs - nowNs <= 0) {
            Copy copy = waiting.poll();
            copy.line.ports().rtp().send(ByteBuffer.wrap(copy.bytes), copy.line.recorder());
            copy.line.departed(copy.number);
        }
    }

    /** Ends the thread and frees the ports. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        lines.forEach(RelayedLine::close);
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("closing a selector without keys", e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
