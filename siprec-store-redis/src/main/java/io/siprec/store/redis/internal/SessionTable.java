package io.siprec.store.redis.internal;

import static io.siprec.store.redis.internal.RedisCall.bytes;
import static io.siprec.store.redis.internal.RedisCall.text;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisFuture;
import io.siprec.core.SessionId;
import io.siprec.core.snapshot.SessionSnapshot;
import io.siprec.core.snapshot.SnapshotJson;
import io.siprec.core.spi.SessionStoreException;
import io.siprec.core.spi.StaleVersionException;
import io.siprec.core.spi.StoredSession;
import io.siprec.core.spi.UnreadableSessionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions, each in a hash of its own, and the sets that find them. A set and a hash may lie on different servers, so a session
 * stands in its sets before it is written, and leaves them after it was removed: a set may name a session too many, never
 * one too few. Readers look at the session itself. Any thread.
 */
public final class SessionTable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionTable.class);
    private static final int AT_ONCE = 200; // replies of sessions may have a MiB each

    private final RedisLink link;
    private final Keys keys;
    private final NodeTable nodes;
    private final byte[] ttlMs;
    private final Duration ttl;

    /** @param ttl how long a session stays that nobody touches */
    public SessionTable(RedisLink link, Keys keys, Duration ttl, NodeTable nodes) {
        this.nodes = nodes;
        this.link = link;
        this.keys = keys;
        this.ttl = ttl;
        this.ttlMs = bytes(ttl.toMillis());
    }

    /** See {@code SessionStore.save}. */
    public long save(SessionSnapshot snapshot, long expectedVersion) throws SessionStoreException {
        SessionId id = snapshot.session().id();
        String callId = snapshot.session().callId();
        byte[] json = SnapshotJson.write(snapshot);
        long next = expectedVersion + 1;
        List<String> sets = List.of(keys.node(snapshot.node()), keys.call(callId));
        return link.run(call -> {
            if (expectedVersion == 0) {
                enter(call, id, sets);
                nodes.remember(call, snapshot.node());
            }
            List<Object> reply = write(
                    call,
                    Script.SAVE,
                    id,
                    expectedVersion,
                    bytes(next),
                    ttlMs,
                    bytes(snapshot.node()),
                    bytes(callId),
                    json);
            if (expectedVersion > 0 && (Long) reply.get(1) == 1) {
                enter(call, id, sets);
            }
            return next;
        });
    }

    /** See {@code SessionStore.find}. */
    public Optional<StoredSession> find(SessionId id) throws SessionStoreException {
        return link.run(call -> find(call, id));
    }

    /** See {@code SessionStore.findByCallId}. */
    public List<StoredSession> findByCallId(String callId) throws SessionStoreException {
        return list(keys.call(callId), snapshot -> snapshot.session().callId().equals(callId));
    }

    /** See {@code SessionStore.listByNode}. */
    public List<StoredSession> listByNode(String node) throws SessionStoreException {
        return list(keys.node(node), snapshot -> snapshot.node().equals(node));
    }

    /** See {@code SessionStore.remove}. */
    public boolean remove(SessionId id, long expectedVersion) throws SessionStoreException {
        return link.run(call -> {
            List<Object> found;
            try {
                found = write(call, Script.REMOVE, id, expectedVersion);
            } catch (StaleVersionException e) {
                if (e.gone()) {
                    return false;
                }
                throw e;
            }
            leave(call, id, List.of(keys.node(text(found.get(1))), keys.call(text(found.get(2)))));
            return true;
        });
    }

    /** See {@code SessionStore.claim}. */
    public StoredSession claim(SessionId id, String node, long expectedVersion) throws SessionStoreException {
        return link.run(call -> {
            Optional<StoredSession> before = find(call, id);
            long actual = before.map(StoredSession::version).orElse(0L);
            if (actual != expectedVersion || actual == 0) {
                throw new StaleVersionException(id, expectedVersion, actual);
            }
            SessionSnapshot snapshot = before.get().snapshot();
            take(call, snapshot, node, expectedVersion);
            return new StoredSession(snapshot.withNode(node), expectedVersion + 1);
        });
    }

    private void take(RedisCall call, SessionSnapshot snapshot, String node, long expectedVersion)
            throws SessionStoreException {
        SessionId id = snapshot.session().id();
        enter(call, id, List.of(keys.node(node), keys.call(snapshot.session().callId())));
        nodes.remember(call, node);
        String loser = snapshot.node();
        try {
            write(call, Script.CLAIM, id, expectedVersion, bytes(expectedVersion + 1), ttlMs, bytes(node));
        } catch (StaleVersionException e) {
            boolean ours = find(call, id)
                    .filter(now -> now.snapshot().node().equals(node))
                    .isPresent();
            if (!ours) {
                leave(call, id, List.of(keys.node(node)));
            }
            throw e;
        }
        if (!loser.equals(node)) {
            leave(call, id, List.of(keys.node(loser)));
        }
    }

    private Optional<StoredSession> find(RedisCall call, SessionId id) throws SessionStoreException {
        try {
            return StoredHash.read(id, call.await(call.commands().hmget(keys.session(id), StoredHash.fields())));
        } catch (SessionStoreException e) {
            throw readable(id, e);
        }
    }

    private List<Object> write(RedisCall call, Script script, SessionId id, long expectedVersion, byte[]... arguments)
            throws SessionStoreException {
        byte[][] all = new byte[arguments.length + 1][];
        all[0] = bytes(expectedVersion);
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        List<Object> reply;
        try {
            reply = call.script(script, keys.session(id), all);
        } catch (SessionStoreException e) {
            throw readable(id, e);
        }
        long found = (Long) reply.get(0);
        if (found < 0) {
            throw new UnreadableSessionException(id, "its version is none");
        } else if (found != expectedVersion || found == 0 && script != Script.SAVE) {
            throw new StaleVersionException(id, expectedVersion, found);
        }
        return reply;
    }

    private static SessionStoreException readable(SessionId id, SessionStoreException e) {
        return Failures.isWrongType(e)
                ? new UnreadableSessionException(id, "there is something else under its key")
                : e;
    }

    private void enter(RedisCall call, SessionId id, List<String> sets) throws SessionStoreException {
        List<RedisFuture<?>> replies = new ArrayList<>();
        for (String set : sets) {
            replies.add(call.commands().sadd(set, bytes(id.value())));
            replies.add(call.commands().pexpire(set, ttl));
        }
        call.awaitAll(replies);
    }

    private void leave(RedisCall call, SessionId id, List<String> sets) throws SessionStoreException {
        List<RedisFuture<?>> replies = new ArrayList<>();
        for (String set : sets) {
            replies.add(call.commands().srem(set, bytes(id.value())));
        }
        call.awaitAll(replies);
    }

    private List<StoredSession> list(String set, Predicate<SessionSnapshot> wanted) throws SessionStoreException {
        return link.run(call -> {
            List<SessionId> ids = ids(call.await(call.commands().smembers(set)));
            List<StoredSession> found = new ArrayList<>();
            int unreadable = 0;
            for (int from = 0; from < ids.size(); from += AT_ONCE) {
                unreadable += read(call, ids.subList(from, Math.min(ids.size(), from + AT_ONCE)), found);
            }
            if (unreadable > 0) {
                LOG.warn("{} sessions in {} can't be read and are left out", unreadable, set);
            }
            found.removeIf(stored -> !wanted.test(stored.snapshot()));
            return List.copyOf(found);
        });
    }

    static List<SessionId> ids(Set<byte[]> members) {
        List<SessionId> ids = new ArrayList<>();
        for (byte[] member : members) {
            try {
                ids.add(new SessionId(text(member)));
            } catch (IllegalArgumentException e) {
                LOG.debug("Not a session id in a set of them", e);
            }
        }
        return ids;
    }

    /** Adds what can be read; tells how many could not. */
    private int read(RedisCall call, List<SessionId> ids, List<StoredSession> found) throws SessionStoreException {
        Map<SessionId, RedisFuture<List<KeyValue<String, byte[]>>>> replies = new LinkedHashMap<>();
        ids.forEach(id -> replies.put(id, call.commands().hmget(keys.session(id), StoredHash.fields())));
        int unreadable = 0;
        for (Map.Entry<SessionId, RedisFuture<List<KeyValue<String, byte[]>>>> reply : replies.entrySet()) {
            try {
                StoredHash.read(reply.getKey(), call.await(reply.getValue())).ifPresent(found::add);
            } catch (SessionStoreException e) {
                if (!(readable(reply.getKey(), e) instanceof UnreadableSessionException)) {
                    throw e;
                }
                unreadable++;
            }
        }
        return unreadable;
    }
}
