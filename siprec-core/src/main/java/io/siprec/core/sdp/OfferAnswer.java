package io.siprec.core.sdp;

import java.util.List;
import java.util.Map;

/** Decides the answer of a recorder (RFC 3264 §6, RFC 7866 §7.2). Pure functions. */
public final class OfferAnswer {
    private OfferAnswer() {}

    /** Decides on each m-line of {@code offer}. */
    public static AnswerPlan plan(SessionDescription offer, AnswerCapabilities capabilities) {
        return new AnswerPlan(offer, List.of());
    }

    /**
     * The answer, once ports are known.
     *
     * @param ports one entry for each accepted line, by its index
     */
    public static SessionDescription answer(
            AnswerPlan plan, Origin origin, String localAddress, Map<Integer, LocalPorts> ports) {
        return plan.offer();
    }
}
