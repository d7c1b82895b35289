package io.siprec.store.redis.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siprec.core.SessionId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The names of our keys. What stands in braces decides which slot of a Cluster has a key. Names that a peer or an operator
 * has chosen stand there as they are where they are short and plain, else as their SHA-256.
 */
public final class Keys {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String prefix;

    /** @param prefix of all keys, without braces */
    public Keys(String prefix) {
        this.prefix = prefix;
    }

    /** A hash: the session. */
    public String session(SessionId id) {
        return prefix + ":session:{" + id + '}';
    }

    /** A set: ids of the sessions of a node, and maybe some that are no more. */
    public String node(String node) {
        return prefix + ":node:{" + plain(node) + '}';
    }

    /** A set: ids of the sessions of a Call-ID, likewise. */
    public String call(String callId) {
        return prefix + ":call:{" + plain(callId) + '}';
    }

    /** A sorted set: the names of all nodes, each with the time in ms at which its heartbeat runs out. */
    public String nodes() {
        return prefix + ":nodes";
    }

    /** A string that is written to see whether writing works. */
    public String probe() {
        return prefix + ":probe";
    }

    private static String plain(String name) {
        return PLAIN.matcher(name).matches() ? name : '#' + sha256(name);
    }

    private static String sha256(String name) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
