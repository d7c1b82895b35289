package io.siprec.store.redis.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What happens in Redis as a whole: Lua, with one key each. A session is a hash of {@code v} (version), {@code n} (node), {@code c}
 * (Call-ID), {@code j} (JSON), {@code x} (when its sets were written last, in ms). Replies begin with the version that was found, or -1 where it is no number.
 *
 * @param text Lua
 * @param digest its SHA-1, by which Redis knows a script that it has run before
 */
public record Script(String text, String digest) {
    private static final String NOW = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            """;

    private static final String VERSION = """
            local found = redis.call('HGET', KEYS[1], 'v')
            local version = found and tonumber(found) or (found and -1 or 0)
            if version ~= tonumber(ARGV[1]) then return {version} end
            """;

    /**
     * Arguments: expected version, its successor, lifetime in ms, node, Call-ID, JSON. Reply: version, and 1 where the sets
     * of the session are to be written too, as it was not done for a quarter of its lifetime.
     */
    public static final Script SAVE = of(VERSION + NOW + """
            local sets = tonumber(redis.call('HGET', KEYS[1], 'x') or '0') or 0
            local due = now - sets >= ARGV[3] / 4 and 1 or 0
            if due == 1 then sets = now end
            redis.call('HSET', KEYS[1], 'v', ARGV[2], 'n', ARGV[4], 'c', ARGV[5], 'j', ARGV[6], 'x', string.format('%.0f', sets))
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            return {version, due}
            """);

    /** Arguments: expected version, its successor, lifetime in ms, node. Reply: version. */
    public static final Script CLAIM = of(VERSION + """
            if version == 0 then return {0} end
            redis.call('HSET', KEYS[1], 'v', ARGV[2], 'n', ARGV[4], 'x', '0')
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            return {version}
            """);

    /** Argument: expected version. Reply: version, node, Call-ID. */
    public static final Script REMOVE = of(VERSION + """
            if version == 0 then return {0} end
            local before = redis.call('HMGET', KEYS[1], 'n', 'c')
            redis.call('DEL', KEYS[1])
            return {version, before[1] or '', before[2] or ''}
            """);

    /** On the nodes. Arguments: node, lifetime of its heartbeat in ms, lifetime of sessions in ms. Reply: 1. */
    public static final Script HEARTBEAT = of(NOW + """
            redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[2]), ARGV[1])
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - ARGV[3]))
            return {1}
            """);

    /** On the nodes: one that has a session is known, if not alive. Argument: node. Reply: 1. */
    public static final Script KNOWN =
            of(NOW + "redis.call('ZADD', KEYS[1], 'NX', string.format('%.0f', now), ARGV[1])\nreturn {1}\n");

    /** On the nodes. Reply: those that live. */
    public static final Script LIVE =
            of(NOW + "return redis.call('ZRANGEBYSCORE', KEYS[1], string.format('(%.0f', now), '+inf')\n");

    private static Script of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(US_ASCII));
            return new Script(text, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
