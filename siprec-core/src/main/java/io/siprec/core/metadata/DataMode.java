package io.siprec.core.metadata;

/** Whether a document stands alone (RFC 7865 §5.1.2). */
public enum DataMode {
    /** A full snapshot: it replaces what was known. */
    COMPLETE,
    /** Only what has changed since the last one. */
    PARTIAL
}
