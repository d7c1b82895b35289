package io.siprec.server;

import java.util.Objects;

/**
 * How one part of the server is.
 *
 * @param name {@code sip}, {@code store}, {@code rtp} or {@code disk}
 * @param state whether it works
 * @param detail one line for a person: what is wrong and what to do; "" when nothing is
 */
public record ComponentHealth(String name, State state, String detail) {
    /** Whether a part works. */
    public enum State {
        /** All is well. */
        UP,
        /** Calls are recorded, but something needs a person. */
        DEGRADED,
        /** New calls can't be recorded. */
        DOWN
    }

    public ComponentHealth {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(detail, "detail");
    }
}
