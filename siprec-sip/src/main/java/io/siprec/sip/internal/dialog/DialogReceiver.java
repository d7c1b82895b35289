package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.transaction.InviteServerTransaction;
import io.siprec.sip.internal.transaction.NonInviteServerTransaction;
import io.siprec.sip.internal.transaction.ServerTransaction;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The peer's requests in one dialog: their order, their collisions with others, and who answers them. */
final class DialogReceiver {
    private final Context context;
    private final Dialog dialog;
    private final List<RequestAnswer> openRequests = new ArrayList<>(1);
    private InviteAnswer openInvite;
    private ReliableProvisionals provisionals; // of the last INVITE that had one; else null
    private long remoteSeq; // -1 before the first request

    DialogReceiver(Context context, Dialog dialog, long remoteSeq) {
        this.context = context;
        this.dialog = dialog;
        this.remoteSeq = remoteSeq;
    }

    /** Whether the CSeq number is higher than all before (RFC 3261 section 12.2.2); if not, 500 was answered. */
    boolean inOrder(ServerTransaction transaction) {
        long number = transaction.request().cseq().number();
        if (number <= remoteSeq) {
            answer(transaction, 500, "CSeq Out Of Order", List.of());
            return false;
        }
        remoteSeq = number;
        return true;
    }

    /** A request other than ACK, CANCEL, OPTIONS and BYE, in order. */
    void onRequest(ServerTransaction transaction) {
        Optional<RequestChecks.Refusal> refusal = dialog.timer().refusal(transaction.request());
        if (dialog.ending()) {
            answer(transaction, 481, "Call/Transaction Does Not Exist", List.of());
        } else if (refusal.isPresent()) {
            RequestChecks.Refusal why = refusal.get();
            answer(transaction, why.status(), why.reason(), why.headers());
        } else if (transaction instanceof InviteServerTransaction reinvite) {
            onReinvite(reinvite);
        } else if (transaction.request().method().equals("PRACK")) {
            onPrack(transaction);
        } else if (transaction instanceof NonInviteServerTransaction other
                && !(other.request().method().equals("UPDATE") && updateCollides(other))) {
            toApplication(other);
        }
    }

    private void onPrack(ServerTransaction prack) {
        if (provisionals == null) {
            answer(prack, 481, "Call/Transaction Does Not Exist", List.of());
        } else {
            provisionals.onPrack(prack);
        }
    }

    /** The PRACKs of this dialog are from now on about these responses. */
    void acknowledges(ReliableProvisionals value) {
        provisionals = value;
    }

    /** What the peer asked in the early dialog counts for the order. */
    void follows(EarlyDialog early) {
        remoteSeq = Math.max(remoteSeq, early.remoteSeq());
    }

    /** The INVITE was accepted, and its 2xx waits: it stands open until then. */
    void holds(InviteAnswer answer) {
        openInvite = answer;
    }

    /** INVITE against whatever else is open (RFC 3261 section 14.2, RFC 6337 section 3.1). */
    private void onReinvite(InviteServerTransaction transaction) {
        if (offerOpen()) {
            answer(
                    transaction,
                    500,
                    "Previous Request Unanswered",
                    List.of(context.ids().retryAfter()));
        } else if (dialog.ownOfferOpen()) {
            answer(transaction, 491, "Request Pending", List.of());
        } else {
            InviteAnswer answer = new InviteAnswer(context, transaction, Optional.of(dialog));
            openInvite = answer;
            answer.trying();
            if (!context.guarded(() -> dialog.listener().onReinvite(answer))) {
                answer.reject(500, "Server Internal Error");
            }
        }
    }

    /** UPDATE against an UPDATE, and one with an offer against any other offer (RFC 3311 section 5.2). */
    private boolean updateCollides(ServerTransaction transaction) {
        boolean offer = Offers.in(transaction.request());
        if (updateOpen() || offer && offerOpen()) {
            answer(
                    transaction,
                    500,
                    "Previous Request Unanswered",
                    List.of(context.ids().retryAfter()));
        } else if (offer && dialog.ownOfferOpen()) {
            answer(transaction, 491, "Request Pending", List.of());
        }
        return !transaction.open();
    }

    private boolean updateOpen() {
        return openRequests.stream().anyMatch(open -> open.request().method().equals("UPDATE"));
    }

    /** Whether an offer of the peer waits for our answer. */
    boolean offerOpen() {
        return openInvite != null
                || openRequests.stream()
                        .anyMatch(open -> open.request().method().equals("UPDATE") && Offers.in(open.request()));
    }

    private void toApplication(NonInviteServerTransaction transaction) {
        RequestAnswer answer = new RequestAnswer(context, dialog, transaction);
        openRequests.add(answer);
        if (!context.guarded(() -> dialog.listener().onRequest(answer))) {
            answer.respond(500, "Server Internal Error", List.of(), Optional.empty());
        }
    }

    /** Answers a request of this dialog without a body. */
    void answer(ServerTransaction transaction, int status, String reason, List<Header> headers) {
        SipRequest request = transaction.request();
        transaction.respond(
                status,
                context.response(
                        request, transaction.source(), status, reason, dialog.localTag(), headers, SipBody.none()));
    }

    void answered(InviteAnswer answer) {
        if (openInvite == answer) {
            openInvite = null;
        }
    }

    void answered(RequestAnswer answer) {
        openRequests.remove(answer);
    }

    /** BYE, from either side, ends a re-INVITE that waits (section 15.1.2). */
    void terminateInvite(Optional<SipRequest> bye) {
        if (openInvite != null) {
            openInvite.terminate(bye);
        }
    }

    /** The dialog is over: nothing stays unanswered. */
    void close(Optional<SipRequest> bye) {
        terminateInvite(bye);
        for (RequestAnswer open : List.copyOf(openRequests)) {
            open.respond(481, "Call/Transaction Does Not Exist", List.of(), Optional.empty());
        }
    }
}
