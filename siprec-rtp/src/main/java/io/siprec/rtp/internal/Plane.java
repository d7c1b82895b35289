package io.siprec.rtp.internal;

import io.siprec.rtp.CaptureSettings;
import io.siprec.rtp.MediaPlaneStatistics;
import io.siprec.rtp.PacketStatistics;
import io.siprec.rtp.PortsExhaustedException;
import io.siprec.rtp.StreamSettings;
import io.siprec.rtp.TimeOrigin;
import io.siprec.rtp.codec.AudioCodecs;
import io.siprec.rtp.internal.tap.TapPump;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a media plane and their life. Thread-safe. */
public final class Plane {
    private static final Logger LOGGER = LoggerFactory.getLogger("io.siprec.rtp");
    private static final long CLOSE_WAIT_SECONDS = 20;

    private enum State {
        NEW,
        RUNNING,
        CLOSED
    }

    private final int receiveBufferBytes;
    private final SocketFactory sockets;
    private final PortPool ports;
    private final RateLimitedLog loopLog;
    private final List<MediaLoop> loops = new ArrayList<>();
    private final List<MediaLoop> codecLoops = new ArrayList<>(); // for streams that are costly to decode
    private final WriterPool writers;
    private final CaptureWriters captures;
    private final SocketDrops drops = new SocketDrops();
    private final TapPump taps = new TapPump();
    private final StreamSet streams = new StreamSet();

    private final Object lock = new Object(); // guards the next two
    private final Map<TimeOrigin, MediaLoop> homes = new WeakHashMap<>();
    private State state = State.NEW;

    /** A plane whose threads don't run yet. */
    public Plane(PlaneSettings settings, Storage storage) {
        receiveBufferBytes = settings.receiveBufferBytes();
        sockets = new SocketFactory(settings.bindAddress(), receiveBufferBytes);
        ports = new PortPool(
                sockets, settings.minPort(), settings.maxPort(), settings.portQuarantine(), settings.nanoTime());
        loopLog = new RateLimitedLog(LOGGER, settings.nanoTime());
        RateLimitedLog writeLog = new RateLimitedLog(LOGGER, settings.nanoTime());
        writers = new WriterPool(
                settings.writerThreads(), settings.writerQueueBlocks(), settings.forcePeriod(), storage, writeLog);
        for (int i = 0; i < settings.codecLoops(); i++) {
            codecLoops.add(loop("siprec-codec-" + i, settings, Optional.empty()));
        }
        for (int i = 0; i < settings.loops(); i++) {
            loops.add(loop("siprec-media-" + i, settings, Optional.of(() -> leastLoaded(codecLoops))));
        }
        captures = new CaptureWriters(
                settings.captureQueueBlocks(),
                settings.forcePeriod(),
                storage,
                settings.nanoTime(),
                settings.clock(),
                new RateLimitedLog(LOGGER, settings.nanoTime()));
    }

    private MediaLoop loop(String name, PlaneSettings settings, Optional<Supplier<MediaLoop>> forCostly) {
        return new MediaLoop(
                name,
                settings.nanoTime(),
                settings.clock(),
                settings.sweepPeriod(),
                new Backlog(writers::crowded, writers::progress),
                loopLog,
                forCostly);
    }

    private Stream<MediaLoop> allLoops() {
        return Stream.concat(loops.stream(), codecLoops.stream());
    }

    /** Starts the threads. */
    public void start() {
        synchronized (lock) {
            if (state != State.NEW) {
                throw new IllegalStateException("the media plane was started before");
            }
            state = State.RUNNING;
            AudioCodecs.all(); // looked for now: with the first stream it would be a loop that waits for it
            writers.start();
            allLoops().forEach(MediaLoop::start);
        }
        warnOfSmallBuffers();
    }

    private void warnOfSmallBuffers() {
        try {
            int granted = sockets.grantedReceiveBufferBytes();
            if (granted < receiveBufferBytes) {
                LOGGER.warn(
                        "the kernel grants receive buffers of {} bytes, {} were asked for: raise net.core.rmem_max,"
                                + " or pauses of this process lose packets",
                        granted,
                        receiveBufferBytes);
            }
        } catch (IOException e) {
            LOGGER.warn("can't open a UDP socket: {}", e.toString());
        }
    }

    /**
     * Binds ports and gives the stream to a loop.
     *
     * @param capture that of the settings
     */
    public MediaStream open(StreamSettings settings, Optional<CaptureFile> capture)
            throws PortsExhaustedException, IOException {
        checkRunning();
        PortPair pair = ports.acquire();
        boolean begun = false;
        try {
            synchronized (lock) {
                checkRunning();
                MediaStream stream = begin(settings, capture, pair);
                begun = true;
                return stream;
            }
        } finally {
            if (!begun) {
                ports.release(pair);
            }
        }
    }

    /** A packet capture for streams to come. */
    public CaptureFile capture(CaptureSettings settings) {
        synchronized (lock) {
            checkRunning();
            return captures.open(settings);
        }
    }

    private MediaStream begin(StreamSettings settings, Optional<CaptureFile> capture, PortPair pair) {
        MediaLoop loop = FormatTable.allCostly(settings.formats())
                ? leastLoaded(codecLoops)
                : homes.computeIfAbsent(settings.origin(), origin -> leastLoaded(loops));
        loop.assigned().incrementAndGet();
        RecordingFile file = writers.open(settings.file(), settings.format());
        MediaStream stream = new MediaStream(settings, loop, ports, pair, file, capture, drops, taps);
        streams.add(stream);
        stream.whenEnded(report -> streams.ended(stream, report));
        stream.begin();
        return stream;
    }

    private static MediaLoop leastLoaded(List<MediaLoop> loops) {
        return loops.stream()
                .min(Comparator.comparingInt(loop -> loop.assigned().get()))
                .orElseThrow();
    }

    private void checkRunning() {
        synchronized (lock) {
            if (state != State.RUNNING) {
                throw new IllegalStateException("the media plane isn't running");
            }
        }
    }

    /** Pairs of ports that can be bound now, as far as known. */
    public int freePortPairs() {
        return ports.freePairs();
    }

    /** The state of all parts. */
    public MediaPlaneStatistics statistics() {
        long received = allLoops().mapToLong(MediaLoop::datagrams).sum();
        return new MediaPlaneStatistics(
                streams.size(),
                received,
                writers.blocksDropped(),
                writers.errors(),
                writers.queuedBlocks(),
                ports.pairsInUse(),
                ports.pairsResting(),
                ports.freePairs(),
                loopLog.errors(),
                allLoops().map(loop -> loop.assigned().get()).toList());
    }

    /** What keeps audio from the disk now. */
    public Optional<String> diskTrouble() {
        return writers.trouble();
    }

    /** What became of all packets. */
    public PacketStatistics packets() {
        return streams.packets();
    }

    /** Finishes every stream and ends the threads. */
    public void close() {
        synchronized (lock) {
            State before = state;
            state = State.CLOSED;
            if (before != State.RUNNING) {
                return;
            }
        }
        try {
            finishStreams();
            for (MediaLoop loop : allLoops().toList()) {
                loop.stop();
            }
            drops.close();
            writers.stop();
            taps.stop();
            captures.stop();
        } catch (InterruptedException e) {
            LOGGER.warn("interrupted while the last recordings were being finished");
            Thread.currentThread().interrupt();
        }
    }

    private void finishStreams() throws InterruptedException {
        CompletableFuture<?>[] reports =
                streams.list().stream().map(MediaStream::close).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(reports).get(CLOSE_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOGGER.warn("{} recordings couldn't be finished in {} s", streams.size(), CLOSE_WAIT_SECONDS);
        } catch (ExecutionException e) {
            LOGGER.warn("a recording couldn't be finished", e);
        }
    }
}
