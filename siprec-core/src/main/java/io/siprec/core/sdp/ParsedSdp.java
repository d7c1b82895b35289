package io.siprec.core.sdp;

import io.siprec.core.Finding;
import java.util.List;
import java.util.Objects;

/**
 * What a parse gave.
 *
 * @param description what was understood
 * @param findings what was odd about it
 */
public record ParsedSdp(SessionDescription description, List<Finding> findings) {
    /** Copies the list. */
    public ParsedSdp {
        Objects.requireNonNull(description, "description");
        findings = List.copyOf(findings);
    }
}
