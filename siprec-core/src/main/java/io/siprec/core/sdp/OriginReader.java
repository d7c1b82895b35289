package io.siprec.core.sdp;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.util.List;

/** Reads an o= line (RFC 8866 §5.2); what is missing at its end gets a harmless value. */
final class OriginReader {
    private static final String[] DEFAULTS = {"-", "0", "0", "IN", "IP4", "0.0.0.0"};

    private OriginReader() {}

    static Origin read(String value, Findings findings) {
        List<String> fields = Words.of(value);
        if (fields.size() != DEFAULTS.length) {
            findings.add(FindingCode.SDP_ORIGIN_UNREADABLE, "o= line with " + fields.size() + " fields");
        }
        String[] full = DEFAULTS.clone();
        for (int i = 0; i < Math.min(fields.size(), full.length); i++) {
            full[i] = fields.get(i);
        }
        return new Origin(full[0], full[1], full[2], full[3], full[4], full[5]);
    }
}
