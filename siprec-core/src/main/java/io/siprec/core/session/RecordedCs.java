package io.siprec.core.session;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A communication session (CS) that a recording session carries or has carried (RFC 7865 §6.3).
 *
 * @param id as the SRC sent it; opaque
 * @param groupId of the CS group that it belongs to (RFC 7865 §6.2), "" for none
 * @param sipSessionIds the Session-IDs of its dialogs (RFC 7989), as they are now or were last
 * @param from when its recording began: the metadata's time, else the document's arrival
 * @param to when it ended, likewise; empty while it lasts
 * @param reasons why it ended, as text
 */
public record RecordedCs(
        String id,
        String groupId,
        List<String> sipSessionIds,
        Instant from,
        Optional<Instant> to,
        List<String> reasons) {
    /** Copies the lists. */
    public RecordedCs {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(groupId, "groupId");
        sipSessionIds = List.copyOf(sipSessionIds);
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        reasons = List.copyOf(reasons);
    }
}
