package io.siprec.rtp.internal;

import io.siprec.rtp.srtp.SrtpScratch;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One thread that owns streams and walks their sockets at a steady pace. No selector: a recorder has no hurry, and a walk that
 * finds several packets per socket costs less than a wake-up per packet.
 */
final class MediaLoop {
    private static final long FEW_STREAMS_NANOS = 20_000_000L;
    private static final long MANY_STREAMS_NANOS = 100_000_000L;
    private static final int FEW_STREAMS = 200;
    private static final int MANY_STREAMS = 1_000;
    private static final long IDLE_NANOS = 1_000_000_000L;
    private static final long HELD_BACK_NANOS = 5_000_000L;
    private static final int RTCP_EVERY = 10;
    private static final int BUSY_EVERY = 64; // streams of a sweep between two looks at the busy ones

    private final LongSupplier nanoTime;
    private final WallTime wallTime;
    private final Optional<Duration> period;
    private final Backlog backlog;
    private final RateLimitedLog log;
    private final Optional<Supplier<MediaLoop>> forCostly;
    private final Thread thread;
    // A stream is in it at most once, so that the number of streams, hence of ports, is its bound.
    private final Queue<MediaStream> commands = new ConcurrentLinkedQueue<>();
    private final AtomicInteger assigned = new AtomicInteger();

    private final List<MediaStream> streams = new ArrayList<>(); // loop thread only, as is the rest
    private final BusyStreams busy = new BusyStreams();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(StreamReceiver.MAX_DATAGRAM_BYTES + 1);
    private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
    private final SrtpScratch srtpScratch = new SrtpScratch();
    private final short[] pcm = new short[Timeline.MAX_PACKET_SAMPLES];
    private long sweeps;
    private int walked; // streams of this sweep
    private long walkedDatagrams; // of them and of those that had ended before
    private long lastSweepNanos;
    private long endedDatagrams;
    private volatile long datagrams;
    private volatile boolean hurried;
    private volatile boolean stopped;

    /** @param forCostly the loop to which a stream goes whose audio is costly to decode; empty: they stay */
    MediaLoop(
            String name,
            LongSupplier nanoTime,
            Clock wallClock,
            Optional<Duration> period,
            Backlog backlog,
            RateLimitedLog log,
            Optional<Supplier<MediaLoop>> forCostly) {
        this.nanoTime = nanoTime;
        this.wallTime = new WallTime(nanoTime, wallClock);
        this.period = period;
        this.backlog = backlog;
        this.log = log;
        this.forCostly = forCostly;
        this.lastSweepNanos = nanoTime.getAsLong();
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Hands a stream over: a new one, or one that was told something. Any thread. */
    void submit(MediaStream stream) {
        commands.add(stream);
        LockSupport.unpark(thread);
    }

    /** Streams that are or will be on this loop. Any thread. */
    AtomicInteger assigned() {
        return assigned;
    }

    private void run() {
        while (!stopped) {
            long started = System.nanoTime();
            try {
                sweep();
            } catch (RuntimeException | Error e) {
                log.error("a sweep failed", e);
            }
            pause(started);
        }
    }

    private void pause(long startedNanos) {
        long pauseNanos = streams.isEmpty() ? IDLE_NANOS : walked > 0 ? HELD_BACK_NANOS : periodNanos();
        long left = startedNanos + pauseNanos - System.nanoTime();
        while (left > 0 && !stopped && !(streams.isEmpty() && !commands.isEmpty())) {
            LockSupport.parkNanos(this, busy.isEmpty() ? left : Math.min(left, BusyStreams.PERIOD_NANOS));
            if (hurried) {
                obeyAtOnce();
            }
            drainBusy();
            left = startedNanos + pauseNanos - System.nanoTime();
        }
    }

    private void drainBusy() {
        if (!busy.isEmpty()) {
            busy.drain(buffer, nanoTime.getAsLong(), lastSweepNanos);
        }
    }

    private void obeyAtOnce() {
        hurried = false;
        try {
            obeyCommands(nanoTime.getAsLong());
        } catch (RuntimeException | Error e) {
            log.error("a command failed", e);
        }
    }

    /** What was submitted is to be done now and not at the next sweep. Any thread. */
    void hurry() {
        hurried = true;
        LockSupport.unpark(thread);
    }

    private long periodNanos() {
        return period.map(Duration::toNanos).orElseGet(() -> paceFor(streams.size()));
    }

    /** 20 ms while a walk is short, 100 ms where walking less often saves most. */
    static long paceFor(int streams) {
        double share = (double) (streams - FEW_STREAMS) / (MANY_STREAMS - FEW_STREAMS);
        double within = Math.max(0, Math.min(1, share));
        return FEW_STREAMS_NANOS + (long) (within * (MANY_STREAMS_NANOS - FEW_STREAMS_NANOS));
    }

    /** Walks all streams, or goes on with a walk that was broken off because the disk is behind. */
    private void sweep() {
        long now = nanoTime.getAsLong();
        obeyCommands(now);
        boolean rtcp = sweeps % RTCP_EVERY == 0;
        walkedDatagrams = walked == 0 ? endedDatagrams : walkedDatagrams;
        while (walked < streams.size()) {
            if (backlog.holdsBack(now)) {
                return;
            }
            MediaStream stream = streams.get(walked++);
            sweep(stream, rtcp, now);
            walkedDatagrams += stream.datagrams();
            if (!takesCostly() && stream.costly()) {
                handOver(stream, forCostly.get().get());
                walked--; // another one has its place
            }
            if (walked % BUSY_EVERY == 0) {
                drainBusy();
            }
        }
        datagrams = walkedDatagrams;
        walked = 0;
        sweeps++;
        lastSweepNanos = now;
    }

    private void sweep(MediaStream stream, boolean rtcp, long now) {
        try {
            stream.sweep(buffer, now, lastSweepNanos);
            busy.look(stream);
            if (rtcp) {
                stream.drainRtcp(buffer, now);
            }
            stream.report(buffer, now);
        } catch (RuntimeException e) {
            stream.failed("a sweep", e);
        }
    }

    private void obeyCommands(long now) {
        for (MediaStream stream = commands.poll(); stream != null; stream = commands.poll()) {
            MediaLoop owner = stream.loop();
            if (owner != this) { // it was told something as it went
                owner.submit(stream);
                owner.hurry();
                continue;
            }
            if (stream.place() == MediaStream.NEW) {
                add(stream);
            }
            if (stream.place() != MediaStream.ENDED && !stream.obey(buffer, now, lastSweepNanos)) {
                remove(stream);
                stream.place(MediaStream.ENDED);
            }
        }
    }

    private void add(MediaStream stream) {
        stream.place(streams.size());
        streams.add(stream);
        endedDatagrams -= stream.datagrams(); // of the loop before count there
    }

    private void remove(MediaStream stream) {
        MediaStream last = streams.remove(streams.size() - 1);
        if (last != stream) {
            streams.set(stream.place(), last);
            last.place(stream.place());
        }
        busy.remove(stream);
        endedDatagrams += stream.datagrams();
        assigned.decrementAndGet();
    }

    /** What waits in the socket waits for the other loop. */
    private void handOver(MediaStream stream, MediaLoop to) {
        remove(stream);
        to.assigned.incrementAndGet();
        stream.moveTo(to);
    }

    /** True when streams stay here whose audio is costly to decode. */
    boolean takesCostly() {
        return forCostly.isEmpty();
    }

    /** A source of random numbers for one stream. Under the lock of the plane. */
    SplittableRandom random() {
        return random.split();
    }

    short[] pcm() {
        return pcm;
    }

    /** The memory that packets of SRTP are worked on in; for the loop thread. */
    SrtpScratch srtpScratch() {
        return srtpScratch;
    }

    long nowNanos() {
        return nanoTime.getAsLong();
    }

    WallTime wallTime() {
        return wallTime;
    }

    RateLimitedLog log() {
        return log;
    }

    /** RTP datagrams of all streams so far. Any thread. */
    long datagrams() {
        return datagrams;
    }

    /** Ends the thread and waits for it. */
    void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join();
    }
}
