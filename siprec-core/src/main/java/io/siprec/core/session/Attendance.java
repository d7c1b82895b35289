package io.siprec.core.session;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A participant's time in a communication session (RFC 7865 §6.6).
 *
 * @param csId of the communication session, "" where the SRC named none
 * @param from when the participant joined: the metadata's time, else the document's arrival
 * @param to when the participant left, likewise; empty while present
 */
public record Attendance(String csId, Instant from, Optional<Instant> to) {
    public Attendance {
        Objects.requireNonNull(csId, "csId");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }
}
