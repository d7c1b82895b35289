package io.siprec.core.session;

import io.siprec.core.SessionId;
import java.util.Locale;
import java.util.Objects;

/**
 * Another recording session of the same server that belongs to the same call.
 *
 * @param kind what they share
 * @param key the shared id, as the SRC sent it
 * @param session the other one
 */
public record SessionLink(Kind kind, String key, SessionId session) {
    public SessionLink {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(session, "session");
    }

    /** What two sessions share. */
    public enum Kind {
        /** A communication session: several recorders' or lines' copies of one call (RFC 7865 §6.3.2). */
        COMMUNICATION_SESSION,
        /** A group of communication sessions, such as both halves of a transferred call (RFC 7865 §6.2). */
        GROUP,
        /** A call reference in the signalling, such as the {@code x-refci} of the two calls of a built-in bridge. */
        CALL_REFERENCE;

        /** The name in manifests and events: {@code communication-session}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
