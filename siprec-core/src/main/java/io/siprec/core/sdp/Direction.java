package io.siprec.core.sdp;

import java.util.Locale;
import java.util.Optional;

/** Who sends on an m-line, seen by the one who wrote it (RFC 8866 §6.7). */
public enum Direction {
    /** Both. */
    SENDRECV,
    /** Only the writer. */
    SENDONLY,
    /** Only the reader. */
    RECVONLY,
    /** Nobody. */
    INACTIVE;

    /** The name of its attribute. */
    public String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The direction that an attribute of that name means, without case. */
    public static Optional<Direction> ofAttribute(String name) {
        for (Direction direction : values()) {
            if (direction.name().equalsIgnoreCase(name)) return Optional.of(direction);
        }
        return Optional.empty();
    }
}
