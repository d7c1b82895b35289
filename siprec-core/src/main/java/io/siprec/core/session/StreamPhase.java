package io.siprec.core.session;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A time in which one negotiated state of a stream held: a new phase begins with each offer that changes it.
 *
 * @param from when the answer was made
 * @param to when the next phase began or the call ended; empty while it lasts
 * @param state whether audio is expected
 * @param codecs the payload formats of the answer, as {@code PCMU/8000}
 */
public record StreamPhase(Instant from, Optional<Instant> to, State state, List<String> codecs) {
    /** Copies the list. */
    public StreamPhase {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(state, "state");
        codecs = List.copyOf(codecs);
    }

    /** Whether audio is expected on a stream. */
    public enum State {
        /** Packets are recorded. */
        RECEIVING,
        /** The SRC holds the line (RFC 7866 §7.1.1.1); packets are dropped and counted. */
        INACTIVE,
        /** We hold the line (RFC 7866 §7.2); packets are dropped and counted. */
        PAUSED,
        /** The line is gone: port 0 (RFC 3264 §8.2). */
        REMOVED;

        /** The name in manifests and events: {@code receiving}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
