package io.siprec.core.history;

import java.util.Objects;

/**
 * A media line of the newest offer or answer, for finding out who is heard on it.
 *
 * @param label its a=label (RFC 4574), "" for none
 * @param stream the number of the recorded stream, {@link #NOT_RECORDED} where the line was refused or taken away
 */
public record StreamLine(String label, int stream) {
    /** In place of the number of a stream. */
    public static final int NOT_RECORDED = 0;

    public StreamLine {
        Objects.requireNonNull(label, "label");
    }
}
