package io.siprec.testkit;

import java.util.Objects;

/**
 * An m-line of the client.
 *
 * @param stream what is sent on it
 * @param state whether it is sent
 * @param moves how often the line went to a new port; it is sent from a port of its own for each number
 */
public record SrcLine(SrcStream stream, SrcLineState state, int moves) {
    /** Checks that all is there. */
    public SrcLine {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(state, "state");
        if (moves < 0) {
            throw new IllegalArgumentException("moves must not be negative, was " + moves);
        }
    }
}
