package io.siprec.store.redis.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.siprec.core.spi.SessionStoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One use of a connection by one thread: sends commands, waits for what comes of them. */
public final class RedisCall {
    private final RedisClusterAsyncCommands<String, byte[]> commands;
    private final RedisTarget target;
    private final Duration timeout;
    private boolean broken;

    RedisCall(RedisClusterAsyncCommands<String, byte[]> commands, RedisTarget target, Duration timeout) {
        this.commands = commands;
        this.target = target;
        this.timeout = timeout;
    }

    /** Commands; their replies go to {@link #await}. */
    public RedisClusterAsyncCommands<String, byte[]> commands() {
        return commands;
    }

    /** The reply to a command. */
    public <T> T await(Future<T> reply) throws SessionStoreException {
        try {
            return get(reply);
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    /** Waits for all. */
    public void awaitAll(List<? extends Future<?>> replies) throws SessionStoreException {
        for (Future<?> reply : replies) {
            await(reply);
        }
    }

    /** What a script replies. */
    public List<Object> script(Script script, String key, byte[]... arguments) throws SessionStoreException {
        String[] keys = {key};
        try {
            return get(commands.evalsha(script.digest(), ScriptOutputType.MULTI, keys, arguments));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RedisNoScriptException)) {
                throw failed(e);
            }
        }
        return await(commands.eval(script.text(), ScriptOutputType.MULTI, keys, arguments));
    }

    private <T> T get(Future<T> reply) throws ExecutionException, SessionStoreException {
        try {
            return reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            broken = true;
            Thread.currentThread().interrupt();
            throw new SessionStoreException("interrupted", e);
        }
    }

    /** Notes what went wrong. */
    SessionStoreException failed(Exception e) {
        broken |= Failures.ofConnection(e);
        return Failures.of(target, e);
    }

    /** Whether the connection is of no use any more. */
    boolean broken() {
        return broken;
    }

    /** A text as a value. */
    public static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** A number as a value. */
    public static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    /** A value as a text. */
    public static String text(Object value) {
        return new String((byte[]) value, UTF_8);
    }
}
