package io.siprec.core.session;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A participant who is or was heard on a stream.
 *
 * @param participantId of a {@link SessionParticipant} of the same session
 * @param grade how well that is known
 * @param from when it began: the metadata's time, else the document's arrival
 * @param to when it ended, likewise; empty while it lasts
 */
public record Attribution(String participantId, Grade grade, Instant from, Optional<Instant> to) {
    public Attribution {
        Objects.requireNonNull(participantId, "participantId");
        Objects.requireNonNull(grade, "grade");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }

    /** How well an attribution is known. */
    public enum Grade {
        /** The SRC said so: a send association of the metadata, matched by the line's label (RFC 7865 §6.8). */
        PROVEN,
        /** It follows from what the SRC said: by the order of lines and streams, or as the only candidate. */
        ASSERTED,
        /** It is likely, no more. */
        GUESSED;

        /** The name in manifests and events: {@code proven}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
