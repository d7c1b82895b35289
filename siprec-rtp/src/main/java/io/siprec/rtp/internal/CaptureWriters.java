package io.siprec.rtp.internal;

import io.siprec.rtp.CaptureSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Writes packet captures, with a thread and blocks of its own: audio never waits behind a capture. The thread begins with
 * the first capture.
 */
final class CaptureWriters {
    private static final int BLOCK_BYTES = 16_384; // the longest datagram and its headers fit
    private static final long MAX_MESSAGE_BYTES = 8L << 20;
    private static final int MESSAGE_OVERHEAD_BYTES = 512;
    private static final long STOP_WAIT_MS = 10_000;

    private final Storage storage;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final BlockPool blocks;
    private final AtomicLong messageBytes = new AtomicLong(); // that wait
    private final WriterThread thread;
    private final RateLimitedLog log;
    private boolean started; // under the lock of the plane

    CaptureWriters(
            int maxBlocks,
            Optional<Duration> forcePeriod,
            Storage storage,
            LongSupplier nanoTime,
            Clock clock,
            RateLimitedLog log) {
        this.blocks = new BlockPool(maxBlocks, BLOCK_BYTES);
        this.storage = storage;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.log = log;
        this.thread = new WriterThread("siprec-capture", Math.max(1, maxBlocks / 16), forcePeriod, log);
    }

    /** A capture. Under the lock of the plane. */
    CaptureFile open(CaptureSettings settings) {
        if (!started) {
            started = true;
            thread.start();
        }
        return new CaptureFile(settings, this, new CaptureClock(nanoTime.getAsLong(), clock.instant()));
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    Storage storage() {
        return storage;
    }

    BlockPool blocks() {
        return blocks;
    }

    WriterThread thread() {
        return thread;
    }

    RateLimitedLog log() {
        return log;
    }

    /** Makes room for a message that waits; false when there is none. Any thread. */
    boolean reserve(int bytes) {
        int whole = bytes + MESSAGE_OVERHEAD_BYTES;
        if (messageBytes.addAndGet(whole) <= MAX_MESSAGE_BYTES) {
            return true;
        }
        messageBytes.addAndGet(-whole);
        return false;
    }

    /** The message waits no more. */
    void release(int bytes) {
        messageBytes.addAndGet(-bytes - MESSAGE_OVERHEAD_BYTES);
    }

    /** Ends the thread after what was submitted. */
    void stop() throws InterruptedException {
        if (started) {
            thread.stop(STOP_WAIT_MS);
        }
    }
}
