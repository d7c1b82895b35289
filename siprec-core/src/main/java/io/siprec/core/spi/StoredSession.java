package io.siprec.core.spi;

import io.siprec.core.snapshot.SessionSnapshot;
import java.util.Objects;

/**
 * A snapshot as it stands in a store.
 *
 * @param snapshot the newest state
 * @param version rises with each save and claim; at least 1
 */
public record StoredSession(SessionSnapshot snapshot, long version) {
    public StoredSession {
        Objects.requireNonNull(snapshot, "snapshot");
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, was " + version);
        }
    }
}
