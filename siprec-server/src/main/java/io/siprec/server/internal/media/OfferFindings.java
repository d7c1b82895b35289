package io.siprec.server.internal.media;

import io.siprec.core.Finding;
import io.siprec.core.sdp.AnswerPlan;
import io.siprec.core.sdp.PlannedLine;
import io.siprec.core.sdp.SessionDescription;
import io.siprec.server.internal.findings.CallFindings;

/** Says what an accepted offer had that is not as it should be. Loop thread only. */
final class OfferFindings {
    private final CallFindings findings;

    OfferFindings(CallFindings findings) {
        this.findings = findings;
    }

    void accepted(AnswerPlan plan) {
        for (PlannedLine line : plan.lines()) {
            if (!line.accepted() && line.offered().port() != 0) {
                findings.add(Finding.warning(
                        "sdp-line-refused",
                        "RFC 3264 §6",
                        line.refusal().orElse("") + "; the line got port 0, the others are recorded"));
            }
        }
    }

    /** An SRC that does so means that the lines have ended. */
    void fewerLines(SessionDescription before, SessionDescription offer) {
        int missing = before.media().size() - offer.media().size();
        if (missing > 0) {
            findings.add(Finding.warning(
                    "sdp-fewer-lines",
                    "RFC 3264 §8",
                    "an offer with " + missing + " m-lines less than before; they were taken as ended"));
        }
    }

    /** Without direction and after a real address, as senders of before RFC 3264 hold. */
    void heldByAddress(PlannedLine line) {
        findings.add(Finding.info(
                "sdp-hold-by-address",
                "RFC 3264 §8.4",
                "m-line " + (line.index() + 1) + " got an unspecified address; it was taken as held"));
    }

    void unspecifiedAddress(PlannedLine line) {
        findings.add(Finding.info(
                "sdp-unspecified-address",
                "RFC 3264 §8.4",
                "m-line " + (line.index() + 1)
                        + " is live with an unspecified address; it is recorded from where its packets come"));
    }

    void noAnswer() {
        findings.add(Finding.warning(
                "sdp-answer-missing",
                "RFC 3261 §13.2.1",
                "no answer came to an offer of the recorder; the media stays as it was offered or before"));
    }
}
