package io.siprec.sip.internal.dialog;

import io.siprec.sip.DialogEnd;
import io.siprec.sip.DialogListener;
import io.siprec.sip.SipDialog;
import io.siprec.sip.SipLoop;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.transaction.InviteServerTransaction;
import io.siprec.sip.internal.transaction.ResponsePath;
import io.siprec.sip.internal.transaction.ServerTransaction;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.message.SipUri;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A dialog that an INVITE made, on either side (RFC 3261 section 12). Loop thread only. */
final class Dialog implements SipDialog {
    private final Context context;
    private final Dialogs.Key key;
    private final SipRequest invite;
    private final DialogSender sender;
    private final Map<Long, SuccessRepeater> unacknowledged = new HashMap<>();
    private final List<RequestAnswer> openRequests = new ArrayList<>(1);
    private DialogListener listener;
    private long remoteSeq;
    private InviteAnswer openInvite;
    private boolean ackOwed;
    private boolean byeWanted;
    private List<Header> heldBye;
    private boolean ended;

    private Dialog(
            Context context,
            Dialogs.Key key,
            SipRequest invite,
            DialogSender sender,
            long remoteSeq,
            DialogListener listener) {
        this.context = context;
        this.key = key;
        this.invite = invite;
        this.sender = sender;
        this.remoteSeq = remoteSeq;
        this.listener = listener;
    }

    /** The dialog of an INVITE that we accept (section 12.1.1). */
    static Dialog server(Context context, SipRequest invite, String localTag, Peer peer) {
        Dialogs.Key key =
                new Dialogs.Key(invite.callId(), localTag, invite.from().tag().orElse(""));
        DialogRequests requests = new DialogRequests(
                context,
                key.callId(),
                invite.to().text() + ";tag=" + localTag,
                invite.from().text(),
                invite.values("Record-Route"));
        SipUri target = RemoteTarget.of(invite).orElseGet(() -> RemoteTarget.sourceOf(peer));
        DialogSender sender =
                new DialogSender(context, requests, peer, target, context.ids().firstCSeq());
        return new Dialog(context, key, invite, sender, invite.cseq().number(), end -> {});
    }

    /** The dialog of an INVITE of ours that was accepted (section 12.1.2); the ACK is still to be sent. */
    static Dialog client(Context context, SipRequest invite, SipResponse response, Peer peer, DialogListener listener) {
        Dialogs.Key key = new Dialogs.Key(
                invite.callId(),
                invite.from().tag().orElse(""),
                response.to().tag().orElse(""));
        List<String> routes = new ArrayList<>(response.values("Record-Route"));
        Collections.reverse(routes);
        DialogRequests requests = new DialogRequests(
                context, key.callId(), invite.from().text(), response.to().text(), routes);
        SipUri target = RemoteTarget.of(response).orElseGet(() -> RemoteTarget.sourceOf(peer));
        DialogSender sender =
                new DialogSender(context, requests, peer, target, invite.cseq().number());
        Dialog dialog = new Dialog(context, key, invite, sender, -1, listener);
        dialog.ackOwed = true;
        return dialog;
    }

    Dialogs.Key key() {
        return key;
    }

    /** A request of the peer in this dialog, other than ACK, CANCEL and OPTIONS. */
    void onRequest(ServerTransaction transaction) {
        SipRequest request = transaction.request();
        if (request.cseq().number() <= remoteSeq) {
            refuse(transaction, 500, "CSeq out of order", List.of());
            return;
        }
        remoteSeq = request.cseq().number();
        sender.seen(transaction.source());
        if (transaction instanceof InviteServerTransaction reinvite) {
            onReinvite(reinvite);
        } else if (request.method().equals("BYE")) {
            refuse(transaction, 200, "OK", List.of());
            end(new DialogEnd(
                    byeWanted ? DialogEnd.Cause.LOCAL_BYE : DialogEnd.Cause.REMOTE_BYE, Optional.of(request)));
        } else if (request.method().equals("UPDATE") && updateCollides(transaction)) {
            return;
        } else {
            RequestAnswer answer = new RequestAnswer(context, this, transaction);
            openRequests.add(answer);
            if (!context.guarded(() -> listener.onRequest(answer))) {
                answer.respond(500, "Server Internal Error", List.of(), Optional.empty());
            }
        }
    }

    private void onReinvite(InviteServerTransaction transaction) {
        if (byeWanted) {
            refuse(transaction, 481, "Call/Transaction Does Not Exist", List.of());
        } else if (openInvite != null) {
            refuse(transaction, 500, "Previous INVITE Unanswered", retryAfter());
        } else if (sender.invitePending()) {
            refuse(transaction, 491, "Request Pending", List.of());
        } else {
            InviteAnswer answer = new InviteAnswer(context, transaction, Optional.of(this));
            openInvite = answer;
            answer.trying();
            if (!context.guarded(() -> listener.onReinvite(answer))) {
                answer.reject(500, "Server Internal Error");
            }
        }
    }

    /** UPDATE against an offer that is open in either direction (RFC 3311 section 5.2). */
    private boolean updateCollides(ServerTransaction transaction) {
        boolean another =
                openRequests.stream().anyMatch(open -> open.request().method().equals("UPDATE"));
        if (another || openInvite != null) {
            refuse(transaction, 500, "Previous Request Unanswered", retryAfter());
        } else if (sender.invitePending()) {
            refuse(transaction, 491, "Request Pending", List.of());
        }
        return !transaction.open();
    }

    private List<Header> retryAfter() {
        return List.of(new Header("Retry-After", Integer.toString(context.ids().retryAfterSeconds())));
    }

    private void refuse(ServerTransaction transaction, int status, String reason, List<Header> headers) {
        SipRequest request = transaction.request();
        Peer source = transaction.source();
        transaction.respond(
                status, context.response(request, source, status, reason, key.localTag(), headers, SipBody.none()));
    }

    /** A 2xx of ours is about to go out: its repetition is armed before the bytes leave. */
    void accepted(InviteAnswer answer, byte[] response, ResponsePath path, DialogListener newListener) {
        listener = newListener;
        answered(answer);
        refreshTarget(answer.request(), path.source());
        long cseq = answer.request().cseq().number();
        unacknowledged.put(cseq, new SuccessRepeater(context, path, response, () -> onNoAck(cseq)));
    }

    void answered(InviteAnswer answer) {
        if (openInvite == answer) {
            openInvite = null;
        }
    }

    void answered(RequestAnswer answer) {
        openRequests.remove(answer);
    }

    /** The peer's Contact in a request that may change it (section 12.2.2); an unusable one changes nothing. */
    void refreshTarget(SipRequest request, Peer source) {
        RemoteTarget.of(request).ifPresent(sender::target);
        sender.seen(source);
    }

    void onAck(SipRequest ack) {
        SuccessRepeater repeater = unacknowledged.remove(ack.cseq().number());
        if (repeater == null) {
            context.counters().count(Counters.Name.RETRANSMISSIONS_RECEIVED);
            return;
        }
        repeater.stop();
        context.guarded(() -> listener.onAck(ack));
        sendHeldBye();
    }

    private void onNoAck(long cseq) {
        unacknowledged.remove(cseq);
        if (byeWanted) {
            sendHeldBye();
        } else {
            sender.lastBye();
            end(new DialogEnd(DialogEnd.Cause.NO_ACK, Optional.empty()));
        }
    }

    @Override
    public void bye(List<Header> headers) {
        if (ended || byeWanted) {
            return;
        }
        byeWanted = true;
        heldBye = List.copyOf(headers);
        if (openInvite != null) {
            openInvite.onCancel();
        }
        sendHeldBye();
    }

    private void sendHeldBye() {
        if (ended || heldBye == null || ackOwed || !unacknowledged.isEmpty()) {
            return;
        }
        List<Header> headers = heldBye;
        heldBye = null;
        sender.bye(headers, cause -> end(new DialogEnd(cause, Optional.empty())));
    }

    @Override
    public void request(
            String method, List<Header> headers, Optional<SipBody> body, Consumer<Optional<SipResponse>> onFinal) {
        checkOpen();
        if (List.of("INVITE", "ACK", "CANCEL", "BYE").contains(method)) {
            throw new IllegalArgumentException("not for " + method);
        }
        sender.request(method, headers, body, outcome -> onOutcome(outcome, onFinal));
    }

    @Override
    public void reinvite(List<Header> headers, Optional<SipBody> body, Consumer<Optional<SipResponse>> onFinal) {
        checkOpen();
        if (openInvite != null || sender.invitePending() || ackOwed || !unacknowledged.isEmpty()) {
            throw new IllegalStateException("an INVITE is open in this dialog");
        }
        sender.reinvite(headers, body, outcome -> onOutcome(outcome, onFinal));
    }

    private void checkOpen() {
        if (ended || byeWanted) {
            throw new IllegalStateException("the dialog has ended");
        }
    }

    /** What a final response, or its absence, means for the dialog (section 12.2.1.2). */
    private void onOutcome(DialogSender.Outcome outcome, Consumer<Optional<SipResponse>> onFinal) {
        context.guarded(() -> onFinal.accept(outcome.response()));
        boolean gone = outcome.timedOut()
                || outcome.response()
                        .filter(r -> r.status() == 481 || r.status() == 408)
                        .isPresent();
        if (gone && !ended && !byeWanted) {
            sender.lastBye();
            end(new DialogEnd(DialogEnd.Cause.REQUEST_FAILED, Optional.empty()));
        }
    }

    /** Sends the ACK of our first INVITE's 2xx; what was held back for it follows. */
    void acknowledge() {
        sender.acknowledge(invite.cseq().number());
        ackOwed = false;
        sendHeldBye();
    }

    /** The 2xx came again: its ACK was lost. */
    void acknowledgeAgain() {
        sender.acknowledge(invite.cseq().number());
    }

    void end(DialogEnd how) {
        if (ended) {
            return;
        }
        ended = true;
        unacknowledged.values().forEach(SuccessRepeater::stop);
        unacknowledged.clear();
        if (openInvite != null) {
            openInvite.onCancel();
        }
        for (RequestAnswer open : List.copyOf(openRequests)) {
            open.respond(481, "Call/Transaction Does Not Exist", List.of(), Optional.empty());
        }
        sender.close();
        context.dialogs().remove(this);
        context.guarded(() -> listener.onEnded(how));
    }

    @Override
    public String callId() {
        return key.callId();
    }

    @Override
    public String localTag() {
        return key.localTag();
    }

    @Override
    public String remoteTag() {
        return key.remoteTag();
    }

    @Override
    public SipLoop loop() {
        return context.loop();
    }

    @Override
    public SipRequest invite() {
        return invite;
    }

    @Override
    public boolean ended() {
        return ended;
    }
}
