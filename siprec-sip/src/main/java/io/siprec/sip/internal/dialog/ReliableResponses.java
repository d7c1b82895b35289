package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipResponse;
import org.slf4j.event.Level;

/**
 * Acknowledges the reliable provisional responses that one peer sends to one INVITE of ours, in the order of their RSeq (RFC
 * 3262 section 4). Loop thread only.
 */
final class ReliableResponses {
    private final Context context;
    private final DialogSender sender;
    private long lastRSeq = -1; // before the first

    ReliableResponses(Context context, DialogSender sender) {
        this.context = context;
        this.sender = sender;
    }

    /** Whether the response carries a number that wants a PRACK. */
    static boolean is(SipResponse response) {
        return response.status() > 100
                && response.rseq().isPresent()
                && OptionTags.has(response, "Require", OptionTags.RELIABLE_PROVISIONAL);
    }

    /** Acknowledges a reliable response. False when it came before, or others are missing: then it counts for nothing. */
    boolean acknowledges(SipResponse response, Peer from) {
        long rseq = response.rseq().orElseThrow();
        if (lastRSeq >= 0 && rseq != lastRSeq + 1) {
            if (rseq <= lastRSeq) {
                context.counters().retransmissionReceived(from);
            }
            return false;
        }
        lastRSeq = rseq;
        sender.prack(new Header("RAck", rseq + " " + response.cseq()), this::onOutcome);
        return true;
    }

    private void onOutcome(Outcome outcome) {
        boolean taken = outcome.response().filter(SipResponse::success).isPresent();
        if (!taken) {
            context.log().write(Level.INFO, "a PRACK was not taken: {}", outcome);
        }
    }
}
