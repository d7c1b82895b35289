package io.siprec.server;

import java.util.Objects;

/**
 * What became of something that the application asked of a session.
 *
 * @param sipStatus the SRC's answer, 200 to 699; 0 when it was not asked, or did not answer
 * @param detail one line for a person; "" when there is nothing to add
 */
public record ControlResult(Outcome outcome, int sipStatus, String detail) {
    /** Neither may be null. */
    public ControlResult {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(detail, "detail");
    }

    /** How it went. */
    public enum Outcome {
        /** It is so now, and the SRC agreed where it had to be asked. */
        DONE,
        /** It was so already: nothing was sent. */
        UNCHANGED,
        /** There is no such session, or it is over. */
        NO_SUCH_SESSION,
        /** The session can't do that: see {@link #detail()}. Nothing was sent. */
        NOT_POSSIBLE,
        /** The SRC refused. What that leaves is told by the method. */
        REFUSED,
        /** The SRC did not answer, or the session ended before it did. */
        NO_ANSWER
    }

    /** Whether it is now as the application wanted it to be. */
    public boolean achieved() {
        return outcome == Outcome.DONE || outcome == Outcome.UNCHANGED;
    }
}
