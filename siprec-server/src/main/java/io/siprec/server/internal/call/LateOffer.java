package io.siprec.server.internal.call;

import io.siprec.core.FindingCode;
import io.siprec.core.sdp.SessionDescription;
import io.siprec.server.internal.admission.Refusal;
import io.siprec.server.internal.findings.CallFindings;
import io.siprec.server.internal.media.CallMedia;
import io.siprec.sip.message.SipRequest;
import java.util.Optional;

/**
 * INVITEs that leave the offer to us: our 2xx makes it and the ACK brings the answer (RFC 3261 §13.2.1, §14.2). Loop thread
 * only.
 */
final class LateOffer {
    private final CallMedia media;
    private final CallFindings findings;
    private final String localHost;
    private final Runnable onUnusable;
    private long cseq = -1; // of the INVITE whose ACK brings an answer
    private boolean first;

    /** {@code onUnusable} ends the call: the first answer was missing or of no use. */
    LateOffer(CallMedia media, CallFindings findings, String localHost, Runnable onUnusable) {
        this.media = media;
        this.findings = findings;
        this.localHost = localHost;
        this.onUnusable = onUnusable;
    }

    /** The offer for a call that begins. */
    byte[] begin(SipRequest invite) throws Refusal {
        first = true;
        return offer(invite);
    }

    /** The offer for a session that stands: the lines that it has (RFC 3264 §8). */
    byte[] repeat(SipRequest reinvite) throws Refusal {
        first = false;
        return offer(reinvite);
    }

    private byte[] offer(SipRequest invite) throws Refusal {
        cseq = invite.cseq().number();
        return media.offer(localHost);
    }

    /** Whether this ACK should bring an answer. */
    boolean awaits(SipRequest ack) {
        return ack.cseq().number() == cseq;
    }

    /** The answer, or that there is none that could be read. */
    void onAnswer(Optional<SessionDescription> answer) {
        cseq = -1;
        boolean recording = answer.isPresent() && media.acceptAnswer(answer.get());
        if (first && !recording) {
            findings.add(
                    FindingCode.LATE_ANSWER_UNUSABLE,
                    "the ACK brought no answer to our offer that leaves anything to be recorded");
            onUnusable.run();
        } else if (answer.isEmpty()) {
            media.rollback();
            findings.add(FindingCode.LATE_ANSWER_MISSING, "the ACK of a re-INVITE brought no answer to our offer");
        }
    }
}
