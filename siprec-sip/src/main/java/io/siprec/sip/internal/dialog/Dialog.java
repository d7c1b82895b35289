package io.siprec.sip.internal.dialog;

import io.siprec.sip.DialogEnd;
import io.siprec.sip.DialogListener;
import io.siprec.sip.SipDialog;
import io.siprec.sip.SipLoop;
import io.siprec.sip.internal.auth.Authorizer;
import io.siprec.sip.internal.transaction.ResponsePath;
import io.siprec.sip.internal.transaction.ServerTransaction;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.Reason;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A dialog that an INVITE made, on either side (RFC 3261 section 12): who it is with and how it ends. The peer's requests
 * are the {@link DialogReceiver}'s, ours the {@link DialogSender}'s. Loop thread only.
 */
final class Dialog implements SipDialog, SessionTimer.Owner {
    private static final Set<String> NOT_BY_REQUEST = Set.of("INVITE", "ACK", "CANCEL", "BYE");

    private static final Reason NO_ACK = Reason.sip(408, "No ACK");

    private final Context context;
    private final Dialogs.Key key;
    private final SipRequest invite;
    private final DialogPath path;
    private final DialogSender sender;
    private final DialogReceiver receiver;
    private final UnacknowledgedSuccesses unacknowledged;
    private final SessionTimer timer;
    private DialogListener listener;
    private SipMessage allows; // the peer's last message with an Allow, or the first one
    private Ack firstAck; // of the 2xx that made a dialog of ours
    private boolean ackOwed;
    private boolean byeWanted;
    private List<Header> heldBye;
    private SipBody heldByeBody = SipBody.none();
    private DialogEnd.Cause byeCause = DialogEnd.Cause.LOCAL_BYE;
    private boolean ended;

    private Dialog(
            Context context,
            Dialogs.Key key,
            SipRequest invite,
            DialogPath path,
            DialogSender sender,
            long remoteSeq,
            DialogListener listener) {
        this.context = context;
        this.key = key;
        this.invite = invite;
        this.path = path;
        this.sender = sender;
        this.receiver = new DialogReceiver(context, this, remoteSeq);
        this.unacknowledged = new UnacknowledgedSuccesses(context, cseq -> onNoAck());
        this.listener = listener;
        this.timer = new SessionTimer(context, this);
        sender.collision(this::peerOfferOpen);
        sender.onRefused(timer::heard);
    }

    /** The dialog of an INVITE that we accept (section 12.1.1). */
    static Dialog server(Context context, SipRequest invite, String localTag, Peer peer) {
        Dialogs.Key key =
                new Dialogs.Key(invite.callId(), localTag, invite.from().tag().orElse(""));
        DialogRequests requests = new DialogRequests(
                context,
                key.callId(),
                invite.to().withTag(localTag),
                invite.from(),
                RouteSet.of(invite),
                context.authorizer(Optional.empty()));
        DialogPath path = new DialogPath(context, requests, peer, RemoteTarget.of(invite, peer));
        DialogSender sender = new DialogSender(context, path, context.ids().firstCSeq(), false);
        Dialog dialog =
                new Dialog(context, key, invite, path, sender, invite.cseq().number(), end -> {});
        dialog.allows = invite;
        return dialog;
    }

    /** The dialog of an INVITE of ours that was accepted (section 12.1.2); the ACK is still to be sent. */
    static Dialog client(
            Context context,
            SipRequest invite,
            SipResponse response,
            Peer peer,
            Authorizer authorizer,
            long lastSeq,
            DialogListener listener) {
        Dialogs.Key key = new Dialogs.Key(
                invite.callId(),
                invite.from().tag().orElse(""),
                response.to().tag().orElse(""));
        DialogPath path = DialogPath.client(context, invite, response, peer, authorizer);
        DialogSender sender = new DialogSender(context, path, lastSeq, true);
        Dialog dialog = new Dialog(context, key, invite, path, sender, -1, listener);
        dialog.ackOwed = true;
        dialog.allows = response;
        dialog.timer.asked(invite);
        dialog.timer.onResponse(response);
        return dialog;
    }

    Dialogs.Key key() {
        return key;
    }

    DialogListener listener() {
        return listener;
    }

    DialogReceiver receiver() {
        return receiver;
    }

    SessionTimer timer() {
        return timer;
    }

    /** Whatever the peer still asks gets 481 then. */
    @Override
    public boolean ending() {
        return ended || byeWanted;
    }

    /** Whether an offer of ours has no answer yet: in a request, or in a 2xx whose ACK brings the answer. */
    boolean ownOfferOpen() {
        return sender.offerPending() || unacknowledged.offerOpen();
    }

    /** Whether an offer of the peer, or a 2xx of ours, stands against one of ours (section 14.1). */
    private boolean peerOfferOpen() {
        return receiver.offerOpen() || !unacknowledged.isEmpty();
    }

    /** Whether a request of the peer is in order; if not, it was refused. */
    boolean inOrder(ServerTransaction transaction) {
        return receiver.inOrder(transaction);
    }

    /** A request of the peer in this dialog, in order, other than ACK, CANCEL and OPTIONS. */
    void onRequest(ServerTransaction transaction) {
        path.seen(transaction.source());
        SipRequest request = transaction.request();
        if (request.method().equals("BYE")) {
            receiver.answer(transaction, 200, "OK", List.of());
            end(new DialogEnd(byeWanted ? byeCause : DialogEnd.Cause.REMOTE_BYE, Optional.of(request)));
        } else {
            receiver.onRequest(transaction);
        }
    }

    /** Our 2xx waits for a PRACK: who hears of the dialog's end is known already. */
    void accepting(InviteAnswer answer, DialogListener newListener) {
        listener = newListener;
        receiver.holds(answer);
    }

    /** The INVITE got no 2xx after all. */
    void endUnanswered(DialogEnd.Cause cause) {
        end(new DialogEnd(byeWanted ? byeCause : cause, Optional.empty()));
    }

    /** A 2xx of ours is about to go out: its repetition is armed before the bytes leave. */
    void accepted(InviteAnswer answer, SipBody body, byte[] response, ResponsePath back, DialogListener newListener) {
        listener = newListener;
        receiver.answered(answer);
        SipRequest request = answer.request();
        refreshTarget(request, back.source());
        boolean offer = !Offers.in(request) && Offers.in(body);
        unacknowledged.add(request.cseq().number(), offer, response, back);
    }

    /** The peer's Contact in a request that may change it (section 12.2.2); an unusable one changes nothing. */
    void refreshTarget(SipRequest request, Peer source) {
        path.refresh(request);
        path.seen(source);
        heard(request);
    }

    void onAck(SipRequest ack, Peer source) {
        if (!unacknowledged.acknowledged(ack.cseq().number())) {
            context.counters().retransmissionReceived(source);
            return;
        }
        context.guarded(() -> listener.onAck(ack));
        sendHeldBye();
    }

    private void onNoAck() {
        if (byeWanted) {
            sendHeldBye();
        } else {
            sender.lastBye(List.of(NO_ACK.header()));
            end(new DialogEnd(DialogEnd.Cause.NO_ACK, Optional.empty()));
        }
    }

    @Override
    public void bye(List<Header> headers, SipBody body) {
        if (ending()) {
            return;
        }
        byeWanted = true;
        heldBye = List.copyOf(headers);
        heldByeBody = body;
        receiver.terminateInvite(Optional.empty());
        sendHeldBye();
    }

    private void sendHeldBye() {
        if (ended || heldBye == null || ackOwed || !unacknowledged.isEmpty()) {
            return;
        }
        List<Header> headers = new ArrayList<>(heldBye);
        if (!Reason.in(headers)) {
            headers.add(Reason.NORMAL_CLEARING.header());
        }
        heldBye = null;
        sender.bye(
                headers,
                heldByeBody,
                cause -> end(new DialogEnd(cause == DialogEnd.Cause.LOCAL_BYE ? byeCause : cause, Optional.empty())));
    }

    @Override
    public void request(
            String method, List<Header> headers, Optional<SipBody> body, Consumer<Optional<SipResponse>> onFinal) {
        checkOpen();
        if (NOT_BY_REQUEST.contains(method)) {
            throw new IllegalArgumentException("not for " + method);
        }
        SipBody content = body.orElseGet(SipBody::none);
        if (method.equals("UPDATE") && Offers.in(content) && (ownOfferOpen() || receiver.offerOpen())) {
            throw new IllegalStateException("an offer is open in this dialog");
        }
        List<Header> all = timer.requestHeaders(method, headers);
        sender.request(new OwnRequest(method, all, () -> content, outcome -> onOutcome(outcome, onFinal)));
    }

    @Override
    public void reinvite(List<Header> headers, Optional<SipBody> body, Consumer<Optional<SipResponse>> onFinal) {
        SipBody content = body.orElseGet(SipBody::none);
        reinvite(headers, () -> content, response -> SipBody.none(), onFinal);
    }

    @Override
    public void reinvite(
            List<Header> headers,
            Supplier<SipBody> body,
            Function<SipResponse, SipBody> answer,
            Consumer<Optional<SipResponse>> onFinal) {
        checkOpen();
        if (offerOrInviteOpen()) {
            throw new IllegalStateException("an INVITE or an offer is open in this dialog");
        }
        List<Header> all = timer.requestHeaders("INVITE", headers);
        sender.request(new OwnRequest("INVITE", all, body, outcome -> onOutcome(outcome, onFinal)).answeredBy(answer));
    }

    private boolean offerOrInviteOpen() {
        return peerOfferOpen() || ownOfferOpen() || sender.reinviting() || ackOwed;
    }

    @Override
    public boolean refresh(boolean update, Consumer<Optional<SipResponse>> onFinal) {
        if (ending()
                || !update
                        && (offerOrInviteOpen() || listener.sessionDescription().isEmpty())) {
            return false;
        }
        if (update) {
            request("UPDATE", List.of(), Optional.empty(), onFinal);
        } else {
            reinvite(
                    List.of(),
                    () -> listener.sessionDescription().orElseGet(SipBody::none),
                    response -> SipBody.none(),
                    onFinal);
        }
        return true;
    }

    @Override
    public void expire(Header reason) {
        byeCause = byeWanted ? byeCause : DialogEnd.Cause.SESSION_EXPIRED;
        bye(List.of(reason));
    }

    private void checkOpen() {
        if (ending()) {
            throw new IllegalStateException("the dialog has ended");
        }
    }

    /** What a final response, or its absence, means for the dialog (section 12.2.1.2). */
    private void onOutcome(Outcome outcome, Consumer<Optional<SipResponse>> onFinal) {
        outcome.response().ifPresent(timer::onResponse);
        outcome.response().ifPresent(this::heard);
        context.guarded(() -> onFinal.accept(outcome.response()));
        if (outcome.dialogGone() && !ending()) {
            sender.lastBye(List.of(Reason.sip(outcome.status(), "Dialog Lost").header()));
            end(new DialogEnd(DialogEnd.Cause.REQUEST_FAILED, Optional.empty()));
        }
    }

    /** Sends the ACK of our first INVITE's 2xx; what was held back for it follows. */
    void acknowledge(SipBody answer) {
        firstAck = sender.acknowledge(invite, answer);
        ackOwed = false;
        sendHeldBye();
    }

    /** The 2xx came again: its ACK was lost. */
    void acknowledgeAgain() {
        firstAck.send();
    }

    void end(DialogEnd how) {
        if (ended) {
            return;
        }
        ended = true;
        unacknowledged.stop();
        timer.end();
        receiver.close(how.bye());
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

    private void heard(SipMessage message) {
        if (message.header("Allow").isPresent()) {
            allows = message;
        }
    }

    @Override
    public boolean peerAllows(String method) {
        List<String> methods = allows.allow();
        return methods.isEmpty() || methods.contains(method);
    }

    @Override
    public boolean ended() {
        return ended;
    }
}
