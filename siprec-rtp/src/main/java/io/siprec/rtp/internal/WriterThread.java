package io.siprec.rtp.internal;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that writes: tasks of a file are done in the order of their submission. To wake it for each block would cost more
 * than to write the block, so it looks for them by itself.
 */
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
    private static final long NAP_NANOS = 50_000_000L;
    private static final int NAPS = 40; // without work before it sleeps until it is woken

    private enum Rest {
        NONE,
        NAP,
        SLEEP
    }

    // Bounded by its users: each block holds a buffer of the bounded pool, and each file adds its opening and its end.
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final int mostUnhurried;
    private final AtomicInteger unhurried = new AtomicInteger(); // since it was woken
    private volatile Rest rest = Rest.NONE;
    private volatile long done;
    private final RateLimitedLog log;
    private final Optional<Duration> forcePeriod;
    private final Thread thread;

    private volatile long busySinceNanos = IDLE; // a task is being done

    private final Set<Forced> unforced = new LinkedHashSet<>(); // writer thread, as are the next two; open files only
    private long nextForceNanos;
    private int naps;

    /** @param mostUnhurried how many blocks may wait until it looks by itself */
    WriterThread(String name, int mostUnhurried, Optional<Duration> forcePeriod, RateLimitedLog log) {
        this.mostUnhurried = mostUnhurried;
        this.log = log;
        this.forcePeriod = forcePeriod;
        this.thread = new Thread(this::work, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Any thread. */
    void submit(Task task) {
        tasks.add(task);
        if (rest != Rest.NONE) {
            LockSupport.unpark(thread);
        }
    }

    /** A task that can wait for some 50 ms. Any thread. */
    void submitUnhurried(Task task) {
        tasks.add(task);
        if (unhurried.incrementAndGet() >= mostUnhurried && rest != Rest.NONE || rest == Rest.SLEEP) {
            LockSupport.unpark(thread);
        }
    }

    /** Counts the tasks that are done. Any thread. */
    long done() {
        return done;
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
                    run(task, scratch);
                }
                if (forceDue()) {
                    forceAll();
                }
            } catch (RuntimeException | Error e) {
                log.error("writing failed", e);
            } finally {
                busySinceNanos = IDLE;
            }
        }
    }

    private void run(Task task, ByteBuffer scratch) {
        try {
            task.run(scratch);
        } finally {
            done++; // one writer
        }
    }

    /** Null when files are to be forced before the next task. */
    private Task next() {
        Task task = tasks.poll();
        while (task == null && !forceDue()) {
            rest = unforced.isEmpty() && naps >= NAPS ? Rest.SLEEP : Rest.NAP;
            unhurried.set(0);
            task = tasks.poll(); // who added one before may have taken it for awake
            if (task == null) {
                rest();
                task = tasks.poll();
            }
            rest = Rest.NONE;
        }
        naps = 0;
        return task;
    }

    private void rest() {
        if (rest == Rest.SLEEP) {
            LockSupport.park(this);
        } else {
            naps++;
            LockSupport.parkNanos(this, NAP_NANOS);
        }
        if (Thread.interrupted()) {
            log.error("interrupted; goes on, as recordings would be cut off", new InterruptedException());
        }
    }

    private boolean forceDue() {
        return !unforced.isEmpty() && System.nanoTime() - nextForceNanos >= 0;
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
