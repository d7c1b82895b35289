package io.siprec.core.snapshot;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What one node has recorded of a session.
 *
 * @param node that recorded it
 * @param root its recording directory, as an absolute path on that node; shared with others or not
 * @param directory the session's folder, relative to {@code root}, with {@code /}
 * @param from when it began to record
 * @param to when it ended; empty while it lasts, and where the node died
 */
public record RecordingPart(String node, String root, String directory, Instant from, Optional<Instant> to) {
    public RecordingPart {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }
}
