package io.siprec.testkit;

import java.util.Objects;

/**
 * A party of the recorded call, as the metadata names it (RFC 7865 §6.5).
 *
 * @param aor its address of record, a SIP, SIPS or tel URI
 * @param name its name; "" for none
 */
public record SrcParticipant(String aor, String name) {
    /** Checks that both are there. */
    public SrcParticipant {
        Objects.requireNonNull(aor, "aor");
        Objects.requireNonNull(name, "name");
    }
}
