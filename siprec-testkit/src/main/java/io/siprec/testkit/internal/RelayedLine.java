package io.siprec.testkit.internal;

import io.siprec.testkit.RelayAccount;
import io.siprec.testkit.RelayLine;
import io.siprec.testkit.RelayedPacket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The account and the ends of one line. Written by the relay's thread, read by any. */
final class RelayedLine implements RelayLine, AutoCloseable {
    private final RelayPorts ports;
    private final PacketFates fates; // relay thread only
    private volatile InetSocketAddress recorder;
    private volatile InetSocketAddress client; // RTP came from it last
    private volatile InetSocketAddress clientReports;

    private final List<List<Long>> departures = new ArrayList<>(); // guarded by this, as are the next
    private final List<Integer> sequences = new ArrayList<>();
    private long departed;
    private long lost;
    private long waiting;
    private long reports;
    private long returned;

    RelayedLine(RelayPorts ports, PacketFates fates) {
        this.ports = ports;
        this.fates = fates;
    }

    RelayPorts ports() {
        return ports;
    }

    @Override
    public InetSocketAddress address() {
        return ports.address();
    }

    @Override
    public void forwardTo(InetSocketAddress address) {
        recorder = address;
    }

    /** Null before the answer. */
    InetSocketAddress recorder() {
        return recorder;
    }

    /** Where the recorder takes RTCP; null before the answer. */
    InetSocketAddress recorderReports() {
        InetSocketAddress rtp = recorder;
        return rtp == null ? null : new InetSocketAddress(rtp.getAddress(), rtp.getPort() + 1);
    }

    InetSocketAddress client() {
        return client;
    }

    InetSocketAddress clientReports() {
        return clientReports;
    }

    void reportsFrom(InetSocketAddress source) {
        clientReports = source;
        synchronized (this) {
            reports++;
            notifyAll();
        }
    }

    synchronized void returned() {
        returned++;
        notifyAll();
    }

    /** Enters a packet of the client; when its copies leave. Its number is that of {@link #departed}. */
    synchronized long[] came(InetSocketAddress source, int sequence) {
        client = source;
        long[] copies = recorder == null ? new long[0] : fates.next();
        sequences.add(sequence);
        departures.add(new ArrayList<>(1));
        waiting += copies.length;
        lost += copies.length == 0 ? 1 : 0;
        notifyAll();
        return copies;
    }

    synchronized long newest() {
        return departures.size() - 1L;
    }

    /** A copy of this packet has left. */
    synchronized void departed(long number) {
        departures.get((int) number).add(departed++);
        waiting--;
        notifyAll();
    }

    @Override
    public synchronized RelayAccount account() {
        List<RelayedPacket> packets = new ArrayList<>();
        for (int i = 0; i < departures.size(); i++) {
            packets.add(new RelayedPacket(i, sequences.get(i), departures.get(i)));
        }
        return new RelayAccount(packets, lost, waiting, reports, returned);
    }

    @Override
    public synchronized RelayAccount await(Predicate<RelayAccount> wanted, Duration patience)
            throws InterruptedException {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        RelayAccount account = account();
        while (!wanted.test(account) && System.nanoTime() - deadlineNs < 0) {
            long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
            wait(Math.max(1, leftMs));
            account = account();
        }
        return account;
    }

    @Override
    public void close() {
        ports.close();
    }
}
