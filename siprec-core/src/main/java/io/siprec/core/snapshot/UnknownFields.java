package io.siprec.core.snapshot;

import java.util.Objects;

/**
 * Fields of a snapshot's JSON form that this version does not know: what a newer one has written. Who saves a snapshot that it
 * has read, or a later state of the same session, hands them on.
 *
 * @param json an object that has the unknown fields at their places; {@code {}} for none
 */
public record UnknownFields(String json) {
    /** There are none. */
    public static final UnknownFields NONE = new UnknownFields("{}");

    public UnknownFields {
        Objects.requireNonNull(json, "json");
    }

    /** How long they are; what they say may be secret. */
    @Override
    public String toString() {
        return this.equals(NONE) ? "none" : json.length() + " characters";
    }
}
