package io.siprec.rtp.internal;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** One thread that writes: tasks of a file are done in the order of their submission. */
final class WriterThread {
    /** What is done on the thread; {@code header} is a buffer for any use meanwhile. */
    @FunctionalInterface
    interface Task {
        void run(ByteBuffer header);
    }

    private static final Task STOP = header -> {};

    // Bounded by its users: each block holds a buffer of the bounded pool, and each file adds its opening and its end.
    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final RateLimitedLog log;
    private final Thread thread;

    WriterThread(String name, RateLimitedLog log) {
        this.log = log;
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
        ByteBuffer header = ByteBuffer.allocateDirect(WavHeader.BYTES);
        while (true) {
            try {
                Task task = tasks.take();
                if (task == STOP) {
                    return;
                }
                task.run(header);
            } catch (InterruptedException e) {
                log.error("interrupted; goes on, as recordings would be cut off", e);
            } catch (RuntimeException | Error e) {
                log.error("writing failed", e);
            }
        }
    }

    /** Ends the thread after all tasks before this; waits for it. */
    void stop(long maxWaitMs) throws InterruptedException {
        submit(STOP);
        thread.join(maxWaitMs);
    }
}
