package io.siprec.core.sdp;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

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

    /**
     * True when at least one line is accepted, or the offer has none, which is how a session may begin (RFC 3264 §5); else
     * the answer is a 488 (RFC 3261 §13.3.1.3).
     */
    public boolean acceptable() {
        return lines.isEmpty() || lines.stream().anyMatch(PlannedLine::accepted);
    }

    /** The lines that are recorded, in order. */
    public List<PlannedLine> accepted() {
        return lines.stream().filter(PlannedLine::accepted).toList();
    }

    /** Why nothing is accepted, as the text of a Warning header: the reason of the first line that is in use. */
    public String refusalText() {
        return firstRefused().flatMap(PlannedLine::refusal).orElse("");
    }

    /** The code of a Warning header that goes with {@link #refusalText()} (RFC 3261 §20.43). */
    public int warningCode() {
        return firstRefused().map(PlannedLine::warningCode).orElse(MISCELLANEOUS);
    }

    private Optional<PlannedLine> firstRefused() {
        List<PlannedLine> refused =
                lines.stream().filter(line -> !line.accepted()).toList();
        return refused.stream()
                .filter(line -> line.offered().port() != 0)
                .findFirst()
                .or(() -> refused.stream().findFirst());
    }
}
