package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.transaction.ServerTransaction;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import java.util.List;
import java.util.Optional;

/**
 * What the peer asks between a provisional answer of ours with a tag and the final one (RFC 3261 section 12.1). Loop thread
 * only.
 */
final class EarlyDialog {
    private final Context context;
    private final InviteAnswer invite;
    private final ReliableProvisionals provisionals;
    private final Dialogs.Key key;
    private long remoteSeq;

    EarlyDialog(Context context, InviteAnswer invite, ReliableProvisionals provisionals) {
        SipRequest request = invite.request();
        this.context = context;
        this.invite = invite;
        this.provisionals = provisionals;
        this.key = new Dialogs.Key(
                request.callId(), invite.toTag(), request.from().tag().orElse(""));
        this.remoteSeq = request.cseq().number();
    }

    Dialogs.Key key() {
        return key;
    }

    /** The highest CSeq number of the peer. */
    long remoteSeq() {
        return remoteSeq;
    }

    /** A request of the peer, other than ACK, CANCEL and OPTIONS. */
    void onRequest(ServerTransaction transaction) {
        long number = transaction.request().cseq().number();
        if (number <= remoteSeq) {
            answer(transaction, 500, "CSeq Out Of Order", List.of());
            return;
        }
        remoteSeq = number;
        switch (transaction.request().method()) {
            case "PRACK" -> provisionals.onPrack(transaction);
            case "BYE" -> {
                answer(transaction, 200, "OK", List.of());
                invite.terminate(Optional.of(transaction.request()));
            }
            case "INVITE", "UPDATE" ->
                answer( // RFC 3261 section 14.2, RFC 3311 section 5.2
                        transaction,
                        500,
                        "Previous Request Unanswered",
                        List.of(context.ids().retryAfter()));
            default -> {
                RequestChecks.Refusal why = Methods.refusal(transaction.request());
                answer(transaction, why.status(), why.reason(), why.headers());
            }
        }
    }

    private void answer(ServerTransaction transaction, int status, String reason, List<Header> headers) {
        transaction.respond(
                status,
                context.response(
                        transaction.request(),
                        transaction.source(),
                        status,
                        reason,
                        key.localTag(),
                        headers,
                        SipBody.none()));
    }
}
