package io.siprec.server.internal.media;

import io.siprec.core.FindingCode;
import io.siprec.core.sdp.AnswerCapabilities;
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

    /** Whoever reads the signalling can decrypt the audio. */
    void keysInClear(AnswerPlan plan) {
        for (PlannedLine line : plan.accepted()) {
            if (line.crypto().isPresent()) {
                findings.add(
                        FindingCode.SRTP_KEY_IN_CLEAR,
                        "the SRTP key of m-line " + (line.index() + 1) + " came over a transport without TLS");
            }
        }
    }

    void accepted(AnswerPlan plan, AnswerCapabilities capabilities) {
        for (PlannedLine line : plan.lines()) {
            if (line.accepted() && !capabilities.decodesAnyOf(line)) {
                findings.add(
                        FindingCode.SDP_NO_DECODER,
                        "m-line " + (line.index() + 1) + " offers only what can't be decoded here: "
                                + line.formatNames());
            } else if (!line.accepted() && line.offered().port() != 0) {
                findings.add(FindingCode.SDP_LINE_REFUSED, line.refusal().orElse(""));
            }
        }
    }

    /** An SRC that does so means that the lines have ended. */
    void fewerLines(SessionDescription before, SessionDescription offer) {
        int missing = before.media().size() - offer.media().size();
        if (missing > 0) {
            findings.add(FindingCode.SDP_FEWER_LINES, "an offer with " + missing + " m-lines less than before");
        }
    }

    /** Without direction and after a real address, as senders of before RFC 3264 hold. */
    void heldByAddress(PlannedLine line) {
        findings.add(FindingCode.SDP_HOLD_BY_ADDRESS, "m-line " + (line.index() + 1) + " got an unspecified address");
    }

    void unspecifiedAddress(PlannedLine line) {
        findings.add(
                FindingCode.SDP_UNSPECIFIED_ADDRESS,
                "m-line " + (line.index() + 1) + " is live with an unspecified address");
    }
}
