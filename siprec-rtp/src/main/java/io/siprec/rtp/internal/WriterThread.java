package io.siprec.rtp.internal;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One thread that writes: tasks of a file are done in the order of their submission. */
final class WriterThread {
    /** What is done on the thread; {@code scratch} is a buffer for any use meanwhile. */
    @FunctionalInterface
    interface Task {
        void run(ByteBuffer scratch);
    }

    /** A file that can be told to reach the disk. Writer thread. */
    @FunctionalInterface
    interface Forced {
        void force();
    }

    private static final Task STOP = scratch -> {};
    private static final long IDLE = Long.MIN_VALUE;
    private static final int SCRATCH_BYTES = 4_096;

    // Bounded by its users: each block holds a buffer of the bounded pool, and each file adds its opening and its end.
    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final RateLimitedLog log;
    private final Optional<Duration> forcePeriod;
    private final Thread thread;

    private volatile long busySinceNanos = IDLE; // a task is being done

    private final Set<Forced> unforced = new LinkedHashSet<>(); // writer thread, as is the next; open files only
    private long nextForceNanos;

    WriterThread(String name, Optional<Duration> forcePeriod, RateLimitedLog log) {
        this.log = log;
        this.forcePeriod = forcePeriod;
        this.thread = new Thread(this::work, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void submit(Task task) {
        tasks.add(task);
    }

    private void work() {
        ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
        while (true) {
            try {
                Task task = next();
                if (task == STOP) {
                    forceAll();
                    return;
                }
                if (task != null) {
                    busySinceNanos = System.nanoTime();
                    task.run(scratch);
                }
                if (!unforced.isEmpty() && System.nanoTime() - nextForceNanos >= 0) {
                    forceAll();
                }
            } catch (InterruptedException e) {
                log.error("interrupted; goes on, as recordings would be cut off", e);
            } catch (RuntimeException | Error e) {
                log.error("writing failed", e);
            } finally {
                busySinceNanos = IDLE;
            }
        }
    }

    /** Null when files are to be forced before the next task. */
    private Task next() throws InterruptedException {
        return unforced.isEmpty()
                ? tasks.take()
                : tasks.poll(Math.max(0, nextForceNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Something was written to {@code file}. */
    void written(Forced file) {
        if (forcePeriod.isEmpty()) {
            return;
        }
        if (unforced.isEmpty()) {
            nextForceNanos = System.nanoTime() + forcePeriod.get().toNanos();
        }
        unforced.add(file);
    }

    /** Nothing more will be written to {@code file}. */
    void closing(Forced file) {
        if (unforced.remove(file)) {
            file.force();
        }
    }

    private void forceAll() {
        unforced.forEach(Forced::force);
        unforced.clear();
    }

    /** How long the task that is being done has taken so far; 0 when there is none. Any thread. */
    long busyNanos() {
        long since = busySinceNanos;
        return since == IDLE ? 0 : System.nanoTime() - since;
    }

    /** Ends the thread after all tasks before this; waits for it. */
    void stop(long maxWaitMs) throws InterruptedException {
        submit(STOP);
        thread.join(maxWaitMs);
    }
}
