package io.siprec.core.attributes;

import java.util.Objects;

/**
 * A header field of a SIP message, or a copy of one inside metadata.
 *
 * @param name in any case, never the compact form
 * @param value unfolded
 */
public record HeaderField(String name, String value) {
    public HeaderField {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }
}
