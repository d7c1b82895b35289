package io.siprec.core.metadata;

import java.util.Objects;

/**
 * One address of a participant (RFC 7865 §6.5.1).
 *
 * @param aor as sent: a SIP, SIPS or tel URI, a host, an address, and in the field user@host or digits
 * @param name "" where the client sent none
 * @param language of the name (xml:lang), "" for none
 */
public record NameId(String aor, String name, String language) {
    /** Checks that nothing is null. */
    public NameId {
        Objects.requireNonNull(aor, "aor");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(language, "language");
    }
}
