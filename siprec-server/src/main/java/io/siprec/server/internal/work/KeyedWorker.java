package io.siprec.server.internal.work;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that does what a loop must not: it runs tasks in the order in which their keys came, and of a key's
 * waiting tasks only the newest. So the number of waiting tasks is bounded by the number of keys, however fast a peer
 * causes changes.
 */
public final class KeyedWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyedWorker.class);

    private final ConcurrentMap<Object, Runnable> waiting = new ConcurrentHashMap<>();
    private final BlockingQueue<Object> order;
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private volatile boolean closing;

    /**
     * @param name of the thread
     * @param maxKeys most keys that may wait; a task with one more is dropped and counted
     */
    public KeyedWorker(String name, int maxKeys) {
        order = new LinkedBlockingQueue<>(maxKeys);
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** Runs {@code task} later, instead of any waiting one with the same key. Any thread. False when it was dropped. */
    public boolean submit(Object key, Runnable task) {
        if (waiting.put(key, task) != null || order.offer(key)) {
            return true;
        }
        waiting.remove(key);
        dropped.increment();
        return false;
    }

    /** Runs {@code task} later unless a task with this key waits already, which is then the newer one. Any thread. */
    public void submitIfAbsent(Object key, Runnable task) {
        if (waiting.putIfAbsent(key, task) == null && !order.offer(key)) {
            waiting.remove(key);
            dropped.increment();
        }
    }

    /** Tasks that found the queue full. */
    public long dropped() {
        return dropped.sum();
    }

    /** Keys that wait. */
    public int depth() {
        return order.size();
    }

    /** Runs what waits, then ends the thread; waits for that no longer than {@code patience}. */
    public void close(Duration patience) {
        closing = true;
        submit(this, () -> {}); // wakes the thread
        try {
            thread.join(Math.max(1, patience.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(10));
    }

    private void run() {
        try {
            while (!closing || !order.isEmpty()) {
                Object key = order.poll(1, TimeUnit.SECONDS);
                Runnable task = key == null ? null : waiting.remove(key);
                if (task != null) {
                    runSafely(task);
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("{} gave up with {} tasks waiting", thread.getName(), order.size());
        }
    }

    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A background task failed", e); // one bad task must not stop the rest
        }
    }
}
