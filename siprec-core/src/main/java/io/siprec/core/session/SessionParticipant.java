package io.siprec.core.session;

import io.siprec.core.metadata.NameId;
import java.util.List;
import java.util.Objects;

/**
 * A participant of the recorded communication sessions (RFC 7865 §6.5), also one who has left.
 *
 * @param id as the SRC sent it; opaque
 * @param names its addresses of record with their display names, as sent last
 * @param attendances when it was in which communication session, oldest first
 */
public record SessionParticipant(String id, List<NameId> names, List<Attendance> attendances) {
    /** Copies the lists. */
    public SessionParticipant {
        Objects.requireNonNull(id, "id");
        names = List.copyOf(names);
        attendances = List.copyOf(attendances);
    }

    /** The first address of record, "" when the SRC sent none. */
    public String aor() {
        return names.isEmpty() ? "" : names.get(0).aor();
    }

    /** The display name of the first address of record, "" when the SRC sent none. */
    public String name() {
        return names.isEmpty() ? "" : names.get(0).name();
    }
}
