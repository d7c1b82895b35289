package io.siprec.core.sdp;

import io.siprec.core.internal.Findings;

/** Reads an o= line (RFC 8866 §5.2); what is missing at its end gets a harmless value. */
final class OriginReader {
    private static final String[] DEFAULTS = {"-", "0", "0", "IN", "IP4", "0.0.0.0"};

    private OriginReader() {}

    static Origin read(String value, Findings findings) {
        String[] fields = value.split(" +");
        if (fields.length != DEFAULTS.length) {
            findings.warning("sdp-origin-unreadable", "RFC 8866 §5.2", "o= line with " + fields.length + " fields");
        }
        String[] full = DEFAULTS.clone();
        System.arraycopy(fields, 0, full, 0, Math.min(fields.length, full.length));
        return new Origin(full[0], full[1], full[2], full[3], full[4], full[5]);
    }
}
