package io.siprec.rtp;

import io.siprec.rtp.internal.Plane;
import io.siprec.rtp.internal.PlaneSettings;
import io.siprec.rtp.internal.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Receives and records RTP streams. A few threads, the media loops, walk all sockets at a steady pace and take what has come;
 * others write the files. Thread-safe.
 */
public final class MediaPlane implements AutoCloseable {
    private final Plane plane;

    private MediaPlane(Plane plane) {
        this.plane = plane;
    }

    /** A builder; {@link Builder#ports} is required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts the threads. Once. */
    public void start() {
        plane.start();
    }

    /**
     * Binds a pair of ports and starts to receive and record: packets that arrive from now on are in the recording. The file
     * is created by an I/O thread; trouble with it is told in the report. Any thread; doesn't touch the disk.
     *
     * @throws PortsExhaustedException when no pair is free
     * @throws IOException when a socket can't be opened or set up
     * @throws IllegalStateException before {@link #start} and after {@link #close}
     */
    public RecordedStream open(StreamSettings stream) throws PortsExhaustedException, IOException {
        return new RecordedStream(plane.open(
                stream, stream.capture().map(captured -> captured.capture().internal())));
    }

    /**
     * Begins a packet capture, for streams that are opened with it. The file is created by an I/O thread with the first packet;
     * trouble with it is told in the report. Any thread; doesn't touch the disk.
     *
     * @throws IllegalStateException before {@link #start} and after {@link #close}
     */
    public PacketCapture capture(CaptureSettings capture) {
        return new PacketCapture(plane.capture(capture));
    }

    /** The pairs of ports that can be bound now, as far as known; {@link Integer#MAX_VALUE} when the OS chooses. */
    public int freePortPairs() {
        return plane.freePortPairs();
    }

    /** The state of this plane. */
    public MediaPlaneStatistics statistics() {
        return plane.statistics();
    }

    /**
     * What keeps audio from the disk now, for people: a write that doesn't return, or trouble within the last 10 s; empty when all
     * is well.
     */
    public Optional<String> diskTrouble() {
        return plane.diskTrouble();
    }

    /** What became of the packets of all streams since the start. Looks at each open stream: not for a loop. */
    public PacketStatistics packets() {
        return plane.packets();
    }

    /** Finishes every stream, waits for the files and the threads. Idempotent. Not for the threads of this plane. */
    @Override
    public void close() {
        plane.close();
    }

    /** Settings of a media plane. */
    public static final class Builder {
        private Optional<InetAddress> bindAddress = Optional.empty();
        private int minPort = -1;
        private int maxPort = -1;
        private int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        private int codecLoops = loops;
        private Optional<Duration> sweepPeriod = Optional.empty();
        private Duration portQuarantine = Duration.ofSeconds(5);
        private int receiveBufferBytes = 200 * 1024;
        private int writerThreads = 1;
        private int writerQueueBlocks = 8_192;
        private int captureQueueBlocks = 4_096;
        private Optional<Duration> fsync = Optional.empty();
        private LongSupplier nanoTime = System::nanoTime;
        private Clock clock = Clock.systemUTC();

        private Storage storage = Storage.fileSystem();

        private Builder() {}

        /** The local address of all sockets; default the wildcard address. */
        public Builder bindAddress(InetAddress address) {
            bindAddress = Optional.of(address);
            return this;
        }

        /**
         * The range of ports: pairs of an even RTP and the next odd RTCP port inside [min, max]. 0, 0 takes any free pair.
         *
         * @throws IllegalArgumentException when no pair fits
         */
        public Builder ports(int min, int max) {
            boolean any = min == 0 && max == 0;
            if (!any && (min < 1 || max > 65_535 || min + (min & 1) + 1 > max)) {
                throw new IllegalArgumentException(
                        "ports must be a range within 1..65535 that holds an even port and the next one, was " + min
                                + ".." + max);
            }
            minPort = min;
            maxPort = max;
            return this;
        }

        /** Media loops, each a thread; at least 1; default half the cores. */
        public Builder loops(int count) {
            loops = atLeast(1, count, "loops");
            return this;
        }

        /**
         * Loops for streams whose audio is costly to decode (G.722, Opus), each a thread; at least 1; default half the cores. A
         * stream goes there with its first such packet, and stays.
         */
        public Builder codecLoops(int count) {
            codecLoops = atLeast(1, count, "codecLoops");
            return this;
        }

        /** The pace of the sweeps, 1 ms to 500 ms; default 20 ms with few streams to 100 ms with many. */
        public Builder sweepPeriod(Duration period) {
            if (period.toMillis() < 1 || period.toMillis() > 500) {
                throw new IllegalArgumentException("sweepPeriod must be 1..500 ms, was " + period);
            }
            sweepPeriod = Optional.of(period);
            return this;
        }

        /** How long a pair of ports rests after use; default 5 s. */
        public Builder portQuarantine(Duration rest) {
            if (rest.isNegative()) {
                throw new IllegalArgumentException("portQuarantine must not be negative, was " + rest);
            }
            portQuarantine = rest;
            return this;
        }

        /** SO_RCVBUF of each RTP socket; default 200 KiB, about 10 s of G.711. */
        public Builder receiveBufferBytes(int bytes) {
            receiveBufferBytes = atLeast(4_096, bytes, "receiveBufferBytes");
            return this;
        }

        /** Threads that write files, at least 1; default 1. A file belongs to one of them. */
        public Builder writerThreads(int count) {
            writerThreads = atLeast(1, count, "writerThreads");
            return this;
        }

        /** Blocks of 8 KiB that may wait for the disk; beyond them audio is dropped and counted. Default 8,192. */
        public Builder writerQueueBlocks(int blocks) {
            writerQueueBlocks = atLeast(1, blocks, "writerQueueBlocks");
            return this;
        }

        /**
         * The same for packet captures, whose blocks are others, of 16 KiB: a capture never takes the place of audio. Default 4,096; each
         * capture at work has one.
         */
        public Builder captureQueueBlocks(int blocks) {
            captureQueueBlocks = atLeast(1, blocks, "captureQueueBlocks");
            return this;
        }

        /**
         * Has the system put audio on the disk at most this long after it was written, and at the end of a file; 100 ms or more.
         * By default that is left to the system: a crash of the machine may cost its last half minute.
         */
        public Builder fsync(Duration period) {
            if (period.toMillis() < 100) {
                throw new IllegalArgumentException("fsync must be >= 100 ms, was " + period);
            }
            fsync = Optional.of(period);
            return this;
        }

        /** The arrival clock, in nanoseconds from any instant; default {@link System#nanoTime}. */
        public Builder nanoTime(LongSupplier source) {
            nanoTime = Objects.requireNonNull(source, "nanoTime");
            return this;
        }

        /** The wall clock; default the system's. */
        public Builder clock(Clock source) {
            clock = Objects.requireNonNull(source, "clock");
            return this;
        }

        Builder storage(Storage value) {
            storage = value;
            return this;
        }

        private static int atLeast(int min, int value, String name) {
            if (value < min) {
                throw new IllegalArgumentException(name + " must be >= " + min + ", was " + value);
            }
            return value;
        }

        /** The plane; not started. */
        public MediaPlane build() {
            if (minPort < 0) {
                throw new IllegalStateException("ports(min, max) is required");
            }
            return new MediaPlane(new Plane(
                    new PlaneSettings(
                            bindAddress,
                            minPort,
                            maxPort,
                            loops,
                            codecLoops,
                            sweepPeriod,
                            portQuarantine,
                            receiveBufferBytes,
                            writerThreads,
                            writerQueueBlocks,
                            captureQueueBlocks,
                            fsync,
                            nanoTime,
                            clock),
                    storage));
        }
    }
}
