package io.siprec.core.session;

import java.util.Objects;

/**
 * A participant of the recorded communication session (RFC 7865 §6.5).
 *
 * @param id as the SRC sent it; opaque
 * @param aor the first address of record, "" when the SRC sent none
 * @param name the display name, "" when the SRC sent none
 */
public record SessionParticipant(String id, String aor, String name) {
    public SessionParticipant {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(aor, "aor");
        Objects.requireNonNull(name, "name");
    }
}
