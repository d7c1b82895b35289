package io.siprec.core;

/** How much a {@link Finding} matters. */
public enum Severity {
    /** Harmless and common in the field. */
    INFO,
    /** Something was guessed, repaired or left out. */
    WARNING,
    /** Something was lost or cannot be trusted. */
    ERROR
}
