package io.siprec.server.internal.links;

import io.siprec.core.SessionId;
import io.siprec.core.session.SessionLink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sessions of a server by what they share with others. A session stays known for a while after its end: the two halves
 * of a transferred call need not overlap (RFC 8068 §3.2.3). Any thread; sessions live on different loops.
 */
public final class LinkIndex {
    /** More sessions than that don't share an id that means anything: some SRCs give all calls the same. */
    static final int MOST_PER_KEY = 32;

    private static final Duration MEMORY = Duration.ofHours(1);

    /** Keys of ended sessions; the oldest sessions are forgotten first. */
    static final int MOST_REMEMBERED = 40_000;

    private final Clock clock;
    private final Map<Key, List<SessionId>> members = new ConcurrentHashMap<>();
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final AtomicInteger remembered = new AtomicInteger();

    /** @param clock by which ended sessions are forgotten */
    public LinkIndex(Clock clock) {
        this.clock = clock;
    }

    /** What sessions share. */
    public record Key(SessionLink.Kind kind, String id) {}

    /** A session that is over, and until when it is remembered. */
    private record Ended(SessionId session, List<Key> keys, Instant until) {}

    /** Adds a session under a key; the sessions that were there before it. */
    public List<SessionId> join(SessionId session, Key key) {
        List<SessionId> others = new ArrayList<>();
        members.compute(key, (same, before) -> {
            if (before == null) {
                return List.of(session);
            }
            if (before.contains(session) || before.size() >= MOST_PER_KEY) {
                return before;
            }
            others.addAll(before);
            List<SessionId> after = new ArrayList<>(before);
            after.add(session);
            return List.copyOf(after);
        });
        return others;
    }

    /** The session is over: it is forgotten under these keys after a while. */
    public void end(SessionId session, Collection<Key> keys) {
        if (!keys.isEmpty()) {
            ended.add(new Ended(session, List.copyOf(keys), clock.instant().plus(MEMORY)));
            remembered.addAndGet(keys.size());
        }
        Instant now = clock.instant();
        for (Ended oldest = ended.peek(); oldest != null && outlived(oldest, now); oldest = ended.peek()) {
            if (ended.remove(oldest)) { // another loop may have been faster
                remembered.addAndGet(-oldest.keys().size());
                forget(oldest);
            }
        }
    }

    /** Keys in use. */
    int size() {
        return members.size();
    }

    private boolean outlived(Ended one, Instant now) {
        return !one.until().isAfter(now) || remembered.get() > MOST_REMEMBERED;
    }

    private void forget(Ended one) {
        for (Key key : one.keys()) {
            members.computeIfPresent(key, (same, sessions) -> {
                List<SessionId> rest = sessions.stream()
                        .filter(session -> !session.equals(one.session()))
                        .toList();
                return rest.isEmpty() ? null : rest;
            });
        }
    }
}
