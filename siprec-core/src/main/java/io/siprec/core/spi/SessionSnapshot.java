package io.siprec.core.spi;

import io.siprec.core.session.RecordingSession;
import java.util.Objects;

/**
 * What a store keeps of one recording session.
 *
 * @param node the node that records it
 * @param session its state
 */
public record SessionSnapshot(String node, RecordingSession session) {
    public SessionSnapshot {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(session, "session");
    }

    /** The same session in the hands of another node. */
    public SessionSnapshot withNode(String newNode) {
        return new SessionSnapshot(newNode, session);
    }
}
