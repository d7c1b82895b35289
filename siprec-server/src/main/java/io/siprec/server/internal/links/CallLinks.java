package io.siprec.server.internal.links;

import io.siprec.core.SessionId;
import io.siprec.core.session.CallAttribute;
import io.siprec.core.session.RecordedCs;
import io.siprec.core.session.SessionLink;
import io.siprec.server.internal.links.LinkIndex.Key;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** The links of one session. Loop thread only. */
public final class CallLinks {
    /** A session has no more links than that. */
    private static final int MOST = 64;

    /** A persistent session carries one call after another (RFC 7866 §10): it is under no more keys than that. */
    private static final int MOST_KEYS = 1_000;

    /** Ids of calls are UUIDs and the like; a longer text is none, and would be remembered after the session's end. */
    static final int MOST_ID_CHARS = 128;

    private static final String CALL_REFERENCE = "x-refci";

    private final SessionId session;
    private final LinkIndex index;
    private final BiConsumer<SessionId, SessionLink> neighbour;
    private final Set<Key> keys = new LinkedHashSet<>();
    private final Set<SessionLink> links = new LinkedHashSet<>();

    /** @param neighbour is told a link of its own for each session that this one finds */
    public CallLinks(SessionId session, LinkIndex index, BiConsumer<SessionId, SessionLink> neighbour) {
        this.session = session;
        this.index = index;
        this.neighbour = neighbour;
    }

    /** Looks for sessions that belong to the same call, by what is known of this one now. */
    public void look(List<RecordedCs> communicationSessions, List<CallAttribute> attributes) {
        for (RecordedCs cs : communicationSessions) {
            join(SessionLink.Kind.COMMUNICATION_SESSION, cs.id());
            join(SessionLink.Kind.GROUP, cs.groupId());
        }
        for (CallAttribute attribute : attributes) {
            if (attribute.name().equals(CALL_REFERENCE)) {
                join(SessionLink.Kind.CALL_REFERENCE, attribute.value());
            }
        }
    }

    /** Another session has found this one. False if that is known already. */
    public boolean add(SessionLink link) {
        return links.size() < MOST && links.add(link);
    }

    public List<SessionLink> list() {
        return List.copyOf(links);
    }

    /** The session is over. */
    public void end() {
        index.end(session, keys);
    }

    private void join(SessionLink.Kind kind, String id) {
        Key key = new Key(kind, id);
        if (id.isEmpty() || id.length() > MOST_ID_CHARS || keys.size() >= MOST_KEYS || !keys.add(key)) {
            return;
        }
        for (SessionId other : index.join(session, key)) {
            if (add(new SessionLink(kind, id, other))) {
                neighbour.accept(other, new SessionLink(kind, id, session));
            }
        }
    }
}
