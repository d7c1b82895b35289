package io.siprec.core.session;

import java.util.Objects;

/**
 * A fact about the recorded call that its SRC told beside the model of RFC 7865: a correlation id, a vendor's header.
 *
 * @param name what it is, for programs: {@code ucid}, {@code session-id}, {@code header.x-tenant}
 * @param value as received, bounded
 * @param source where it stood: {@code header User-to-User}, {@code metadata ac:AvayaUCID}
 */
public record CallAttribute(String name, String value, String source) {
    public CallAttribute {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(source, "source");
    }
}
