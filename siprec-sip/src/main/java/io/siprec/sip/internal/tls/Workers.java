package io.siprec.sip.internal.tls;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does the arithmetic of handshakes, which would hold up a loop for milliseconds. Threads live while there is work. */
public final class Workers implements Executor, AutoCloseable {
    private static final int THREADS = 2;
    private static final int IDLE_SECONDS = 30;
    private static final int MAX_QUEUED = 4_096; // each handshake queues one task at a time

    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_QUEUED), Workers::thread);

    /** Workers without work, and so without threads. */
    public Workers() {
        pool.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "sip-tls");
        thread.setDaemon(true);
        return thread;
    }

    /** Any thread. Throws {@link java.util.concurrent.RejectedExecutionException} when too much waits. */
    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
