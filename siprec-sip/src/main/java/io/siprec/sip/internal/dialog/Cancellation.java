package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.transaction.ClientTransactionListener;
import io.siprec.sip.internal.transaction.InviteClientTransaction;
import io.siprec.sip.message.CSeq;
import io.siprec.sip.message.Reason;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;

/** The CANCEL of an INVITE of ours (RFC 3261 section 9.1). Its answer says nothing; that to the INVITE does. */
final class Cancellation implements ClientTransactionListener {
    private Cancellation() {}

    /** Sends it; a provisional response must have come. {@code onIgnored} runs if the INVITE has no final answer by 64*T1. */
    static void send(Context context, InviteClientTransaction transaction, Reason reason, Runnable onIgnored) {
        SipRequest invite = transaction.request();
        SipRequest cancel = SipRequest.builder("CANCEL", invite.requestUri())
                .header("Via", invite.topVia())
                .copy(invite, "Route")
                .header("Max-Forwards", "70")
                .header("From", invite.from())
                .header("To", invite.to())
                .copy(invite, "Call-ID")
                .header("CSeq", new CSeq(invite.cseq().number(), "CANCEL"))
                .header(reason.header())
                .build();
        context.transactions().sendNonInvite(cancel, transaction.peer(), new Cancellation());
        context.scheduler().schedule(context.settings().timers().giveUp(), () -> {
            if (transaction.abandon()) {
                onIgnored.run();
            }
        });
    }

    @Override
    public void onResponse(SipResponse response) {}

    @Override
    public void onTimeout() {}

    @Override
    public void onTransportError(String reason) {}
}
