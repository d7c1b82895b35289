package io.siprec.core;

import java.util.Locale;

/** How much a {@link Finding} matters. */
public enum Severity {
    /** Harmless and common in the field. */
    INFO,
    /** Something was guessed, repaired or left out. */
    WARNING,
    /** Something was lost or cannot be trusted. */
    ERROR;

    /** The name in manifests and events: {@code warning}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
