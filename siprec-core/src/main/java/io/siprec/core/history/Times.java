package io.siprec.core.history;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.time.Instant;

/** Times from two clocks, the SRC's and ours, made into spans that do not run backwards. */
final class Times {
    private Times() {}

    static Instant notBefore(Instant from, Instant to, Findings findings) {
        if (!to.isBefore(from)) return to;
        findings.once(FindingCode.METADATA_TIMES_REVERSED, "something ended before it began, by the SRC's times");
        return from;
    }
}
