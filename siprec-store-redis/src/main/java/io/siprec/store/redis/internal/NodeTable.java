package io.siprec.store.redis.internal;

import static io.siprec.store.redis.internal.RedisCall.bytes;
import static io.siprec.store.redis.internal.RedisCall.text;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.siprec.core.SessionId;
import io.siprec.core.spi.SessionStoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The nodes and their heartbeats, by the clock of Redis. Any thread. */
public final class NodeTable {
    private static final int AT_ONCE = 1000;
    private static final int TOUCHES = 4; // in the lifetime of a session

    private final RedisLink link;
    private final Keys keys;
    private final Duration sessionTtl;
    private final Clock clock;
    private final Map<String, Instant> touched =
            new ConcurrentHashMap<>(); // by node: as many as there are in this process

    /** @param sessionTtl how long a session stays that nobody touches */
    public NodeTable(RedisLink link, Keys keys, Duration sessionTtl, Clock clock) {
        this.link = link;
        this.keys = keys;
        this.sessionTtl = sessionTtl;
        this.clock = clock;
    }

    /** See {@code SessionStore.heartbeat}. The lifetime of sessions is made longer four times in it, not each time. */
    public void heartbeat(String node, Duration ttl) throws SessionStoreException {
        link.run(call -> {
            call.script(
                    Script.HEARTBEAT, keys.nodes(), bytes(node), bytes(ttl.toMillis()), bytes(sessionTtl.toMillis()));
            Instant now = clock.instant();
            Instant last = touched.getOrDefault(node, Instant.MIN);
            if (last.isBefore(now.minus(sessionTtl.dividedBy(TOUCHES)))) {
                touch(call, node);
                touched.put(node, now);
            }
            return null;
        });
    }

    /** A node that has a session is known, if not alive; one whose heartbeats come this way is known by them. */
    void remember(RedisCall call, String node) throws SessionStoreException {
        if (!touched.containsKey(node)) {
            call.script(Script.KNOWN, keys.nodes(), bytes(node));
        }
    }

    private void touch(RedisCall call, String node) throws SessionStoreException {
        String set = keys.node(node);
        List<SessionId> ids = SessionTable.ids(call.await(call.commands().smembers(set)));
        call.await(call.commands().pexpire(set, sessionTtl));
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            touch(call, set, ids.subList(from, Math.min(ids.size(), from + AT_ONCE)));
        }
    }

    /** Each session with its set of the Call-ID; one that is no more leaves the set of the node. */
    private void touch(RedisCall call, String set, List<SessionId> ids) throws SessionStoreException {
        Map<SessionId, RedisFuture<byte[]>> callIds = new LinkedHashMap<>();
        for (SessionId id : ids) {
            callIds.put(id, call.commands().hget(keys.session(id), "c"));
        }
        List<RedisFuture<?>> replies = new ArrayList<>();
        for (Map.Entry<SessionId, RedisFuture<byte[]>> entry : callIds.entrySet()) {
            byte[] callId = call.await(entry.getValue());
            if (callId == null) {
                replies.add(call.commands().srem(set, bytes(entry.getKey().value())));
            } else {
                replies.add(call.commands().pexpire(keys.session(entry.getKey()), sessionTtl));
                replies.add(call.commands().pexpire(keys.call(text(callId)), sessionTtl));
            }
        }
        call.awaitAll(replies);
    }

    /** See {@code SessionStore.liveNodes}. */
    public Set<String> live() throws SessionStoreException {
        return link.run(call -> names(call.script(Script.LIVE, keys.nodes())));
    }

    /** See {@code SessionStore.knownNodes}. */
    public Set<String> known() throws SessionStoreException {
        return link.run(call -> names(call.await(call.commands().zrange(keys.nodes(), 0, -1))));
    }

    private static Set<String> names(Collection<?> members) {
        return members.stream().map(RedisCall::text).collect(Collectors.toUnmodifiableSet());
    }

    /** Writes a key that is gone soon. */
    public void probe(Duration timeout) throws SessionStoreException {
        link.run(
                call -> call.await(
                        call.commands().set(keys.probe(), bytes("1"), SetArgs.Builder.ex(Duration.ofMinutes(1)))),
                timeout);
    }
}
