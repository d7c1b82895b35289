package io.siprec.rtp.internal;

import io.siprec.rtp.RecordingFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that write files; each file belongs to one of them. */
final class WriterPool {
    private static final long STOP_WAIT_MS = 10_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long STALLED_NANOS = 2 * NANOS_PER_SECOND;
    private static final long RECENT_NANOS = 10 * NANOS_PER_SECOND;

    private final List<WriterThread> threads = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final Storage storage;
    private final BlockPool blocks;
    private final WriterStatistics statistics;

    WriterPool(int count, int maxBlocks, Optional<Duration> forcePeriod, Storage storage, RateLimitedLog log) {
        this.storage = storage;
        this.blocks = new BlockPool(maxBlocks, 2 * BlockSink.MAX_SAMPLES);
        this.statistics = new WriterStatistics(log);
        for (int i = 0; i < count; i++) {
            threads.add(new WriterThread("siprec-writer-" + i, Math.max(1, maxBlocks / 16), forcePeriod, log));
        }
    }

    void start() {
        threads.forEach(WriterThread::start);
    }

    /** A recording; its file is created by a writer thread. Any thread. */
    RecordingFile open(Path path, RecordingFormat format) {
        WriterThread thread = threads.get(Math.floorMod(next.getAndIncrement(), threads.size()));
        RecordingFile file = new RecordingFile(path, format, storage, thread, blocks, statistics);
        file.open();
        return file;
    }

    /** What keeps audio from the disk now; empty when nothing does. */
    Optional<String> trouble() {
        long longest = threads.stream().mapToLong(WriterThread::busyNanos).max().orElse(0);
        if (longest >= STALLED_NANOS) {
            return Optional.of("the disk has not answered for " + longest / NANOS_PER_SECOND + " s, " + queuedBlocks()
                    + " blocks of audio wait for it");
        }
        return statistics.troubledWithin(RECENT_NANOS)
                ? Optional.of("audio is not written: " + blocksDropped() + " blocks found the queue full, " + errors()
                        + " writes failed")
                : Optional.empty();
    }

    int queuedBlocks() {
        return blocks.inUse();
    }

    /** True when so many blocks wait that more would soon be dropped. Any thread, as is the next. */
    boolean crowded() {
        return blocks.crowded();
    }

    /** Grows as long as any writer gets something done. */
    long progress() {
        long done = 0;
        for (int i = 0; i < threads.size(); i++) {
            done += threads.get(i).done();
        }
        return done;
    }

    long blocksDropped() {
        return statistics.blocksDroppedCount();
    }

    long errors() {
        return statistics.errors();
    }

    /** Ends the threads after what was submitted. */
    void stop() throws InterruptedException {
        for (WriterThread thread : threads) {
            thread.stop(STOP_WAIT_MS);
        }
    }
}
