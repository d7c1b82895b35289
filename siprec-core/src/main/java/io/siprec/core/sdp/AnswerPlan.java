package io.siprec.core.sdp;

import java.util.List;
import java.util.Objects;

/**
 * What the answer will say, before there are ports.
 *
 * @param offer the offer
 * @param lines one for each m-line of the offer, in its order
 */
public record AnswerPlan(SessionDescription offer, List<PlannedLine> lines) {
    private static final int MISCELLANEOUS = 399;

    /** Copies the list. */
    public AnswerPlan {
        Objects.requireNonNull(offer, "offer");
        lines = List.copyOf(lines);
    }

    /** True when at least one line is accepted; else the answer is a 488 (RFC 3261 §13.3.1.3). */
    public boolean acceptable() {
        return lines.stream().anyMatch(PlannedLine::accepted);
    }

    /** The lines that are recorded, in order. */
    public List<PlannedLine> accepted() {
        return lines.stream().filter(PlannedLine::accepted).toList();
    }

    /** Why the first line that is refused is refused: the text of a Warning header. */
    public String refusalText() {
        return lines.stream()
                .flatMap(line -> line.refusal().stream())
                .findFirst()
                .orElse(lines.isEmpty() ? "the offer has no media" : "");
    }

    /** The code of a Warning header that goes with {@link #refusalText()} (RFC 3261 §20.43). */
    public int warningCode() {
        return lines.stream()
                .filter(line -> !line.accepted())
                .mapToInt(PlannedLine::warningCode)
                .findFirst()
                .orElse(MISCELLANEOUS);
    }
}
