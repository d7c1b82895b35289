package io.siprec.core.sdp;

import io.siprec.core.Finding;
import java.util.List;

/**
 * What the peer's answer makes of an offer of ours.
 *
 * @param lines one for each m-line of our offer, in its order
 * @param findings what was odd about the answer, and what was made of it
 */
public record TakenAnswer(List<PlannedLine> lines, List<Finding> findings) {
    /** Copies the lists. */
    public TakenAnswer {
        lines = List.copyOf(lines);
        findings = List.copyOf(findings);
    }
}
