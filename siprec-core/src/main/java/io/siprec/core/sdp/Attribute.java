package io.siprec.core.sdp;

import java.util.Objects;

/**
 * An a= line (RFC 8866 §5.13).
 *
 * @param name before the colon
 * @param value behind the colon, "" for a flag
 */
public record Attribute(String name, String value) {
    /** Checks that nothing is null. */
    public Attribute {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }
}
