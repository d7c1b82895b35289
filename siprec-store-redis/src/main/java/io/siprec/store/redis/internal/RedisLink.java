package io.siprec.store.redis.internal;

import io.lettuce.core.RedisException;
import io.siprec.core.spi.SessionStoreException;
import io.siprec.store.redis.internal.RedisConnector.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connection of a store: made when it is needed, shared by all threads, given up when something about it fails, so that
 * the next call finds the server that has the say then. Any thread.
 */
public final class RedisLink implements AutoCloseable {
    private final RedisTarget target;
    private final RedisConnector connector;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile Connection current; // null while there is none; written with the lock
    private volatile boolean closed;

    public RedisLink(RedisTarget target) {
        this.target = target;
        this.connector = new RedisConnector(target);
    }

    /** What is done with a connection. */
    public interface Work<T> {
        T run(RedisCall call) throws SessionStoreException;
    }

    /** Does it, within the time-outs of the target. */
    public <T> T run(Work<T> work) throws SessionStoreException {
        return run(work, target.timeout());
    }

    /** Does it; connecting and each wait for a reply take no longer than {@code timeout}. */
    public <T> T run(Work<T> work, Duration timeout) throws SessionStoreException {
        Connection connection = connection(timeout);
        RedisCall call = new RedisCall(connection.commands(), target, timeout);
        try {
            return work.run(call);
        } catch (RedisException | IllegalStateException e) { // of Lettuce, where it knows at once that it can't
            throw call.failed(e);
        } finally {
            if (call.broken() || !connection.link().isOpen()) {
                giveUp(connection);
            }
        }
    }

    private Connection connection(Duration timeout) throws SessionStoreException {
        Connection open = current;
        if (open != null && open.link().isOpen()) {
            return open;
        }
        long deadlineNs = System.nanoTime() + timeout.toNanos();
        try {
            if (!connecting.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SessionStoreException(target + " is still being connected to");
            }
            try {
                return connected(deadlineNs);
            } finally {
                connecting.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionStoreException("interrupted", e);
        }
    }

    private Connection connected(long deadlineNs) throws SessionStoreException, InterruptedException {
        if (closed) {
            throw new SessionStoreException("the store is closed");
        }
        if (current != null && current.link().isOpen()) {
            return current;
        }
        CompletableFuture<Connection> opening = connector.open();
        try {
            current = opening.get(Math.max(1, deadlineNs - System.nanoTime()), TimeUnit.NANOSECONDS);
            return current;
        } catch (TimeoutException | ExecutionException e) {
            opening.thenAccept(late -> late.link().closeAsync());
            throw Failures.of(target, e);
        }
    }

    private void giveUp(Connection connection) {
        connecting.lock();
        try {
            if (current == connection) {
                current = null;
            }
        } finally {
            connecting.unlock();
        }
        connection.link().closeAsync();
    }

    @Override
    public void close() {
        Connection last;
        connecting.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            last = current;
            current = null;
        } finally {
            connecting.unlock();
        }
        if (last != null) {
            last.link()
                    .closeAsync()
                    .completeOnTimeout(null, 1, TimeUnit.SECONDS)
                    .join();
        }
        connector.close();
    }
}
