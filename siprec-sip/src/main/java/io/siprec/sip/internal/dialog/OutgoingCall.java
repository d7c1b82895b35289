package io.siprec.sip.internal.dialog;

import io.siprec.sip.ClientCall;
import io.siprec.sip.ClientCallListener;
import io.siprec.sip.ClientInvite;
import io.siprec.sip.SipLoop;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.transaction.ClientTransactionListener;
import io.siprec.sip.internal.transaction.InviteClientTransaction;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.io.IOException;
import java.util.List;

/** An INVITE of ours outside of a dialog, from its start to its outcome (RFC 3261 sections 13.2 and 9.1). */
final class OutgoingCall implements ClientCall, ClientTransactionListener {
    private final Context context;
    private final OutgoingCalls calls;
    private final ClientInvite settings;
    private final ClientCallListener listener;
    private final String callId;
    private InviteClientTransaction transaction;
    private Dialog dialog;
    private boolean answering; // a provisional response has come
    private boolean cancelled;
    private boolean done;

    OutgoingCall(
            Context context, OutgoingCalls calls, ClientInvite settings, ClientCallListener listener, String callId) {
        this.context = context;
        this.calls = calls;
        this.settings = settings;
        this.listener = listener;
        this.callId = callId;
    }

    @Override
    public String callId() {
        return callId;
    }

    @Override
    public SipLoop loop() {
        return context.loop();
    }

    void start() {
        if (context.dialogs().full()) {
            context.counters().count(Counters.Name.DROPPED_DIALOG_LIMIT);
            context.guarded(() -> listener.onFailed("over the limit of dialogs"));
            return;
        }
        context.dialogs().inviteWaits();
        calls.add(this);
        try {
            Peer peer = context.network().peer(settings.transport(), settings.destination());
            transaction = context.transactions().sendInvite(invite(peer), peer, this);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private SipRequest invite(Peer peer) {
        SipRequest.Builder builder = SipRequest.builder("INVITE", settings.requestUri())
                .header("Via", context.via(peer))
                .header("Max-Forwards", "70")
                .header("From", settings.from() + ";tag=" + context.ids().tag())
                .header("To", settings.to())
                .header("Call-ID", callId)
                .header("CSeq", context.ids().firstCSeq() + " INVITE")
                .headers(List.of(context.contact(peer), Methods.ALLOW))
                .headers(settings.headers());
        if (!context.settings().productName().isEmpty()) {
            builder.header("User-Agent", context.settings().productName());
        }
        return builder.body(settings.body()).build();
    }

    @Override
    public void onResponse(SipResponse response) {
        if (response.provisional()) {
            onProvisional(response);
        } else if (response.success()) {
            onSuccess(response);
        } else {
            finish(() -> listener.onRejected(response));
        }
    }

    private void onProvisional(SipResponse response) {
        boolean first = !answering;
        answering = true;
        if (first && cancelled) {
            sendCancel();
        }
        context.guarded(() -> listener.onProvisional(response));
    }

    private void onSuccess(SipResponse response) {
        if (dialog != null) {
            onFurtherSuccess(response);
        } else if (cancelled) {
            dialog = refused(response);
            fail("cancelled; the answer that crossed the CANCEL was ended with BYE");
        } else {
            dialog = Dialog.client(
                    context, transaction.request(), response, transaction.peer(), listener.dialogListener());
            context.dialogs().add(dialog);
            finish(() -> listener.onAccepted(response, dialog));
            dialog.acknowledge();
        }
    }

    /** The same 2xx again wants its ACK again; one of another fork is acknowledged and ended (section 13.2.2.4). */
    private void onFurtherSuccess(SipResponse response) {
        if (response.to().tag().orElse("").equals(dialog.remoteTag())) {
            context.counters().count(Counters.Name.RETRANSMISSIONS_RECEIVED);
            dialog.acknowledgeAgain();
        } else {
            refused(response);
        }
    }

    private Dialog refused(SipResponse response) {
        Dialog unwanted = Dialog.client(context, transaction.request(), response, transaction.peer(), end -> {});
        unwanted.bye(List.of());
        unwanted.acknowledge();
        return unwanted;
    }

    @Override
    public void onTimeout() {
        fail("no answer within " + context.settings().timers().giveUp().toSeconds() + " s");
    }

    @Override
    public void onTransportError(String reason) {
        fail(reason);
    }

    void fail(String reason) {
        finish(() -> listener.onFailed(reason));
    }

    private void finish(Runnable outcome) {
        if (done) {
            return;
        }
        done = true;
        context.dialogs().inviteAnswered();
        calls.remove(this);
        context.guarded(outcome);
    }

    @Override
    public void cancel() {
        context.loop().execute(this::onCancel);
    }

    private void onCancel() {
        if (done || cancelled) {
            return;
        }
        cancelled = true;
        if (answering) {
            sendCancel();
        }
    }

    private void sendCancel() {
        SipRequest invite = transaction.request();
        SipRequest cancel = SipRequest.builder("CANCEL", invite.requestUri())
                .header("Via", invite.header("Via").orElseThrow())
                .header("Max-Forwards", "70")
                .header("From", invite.from().text())
                .header("To", invite.to().text())
                .header("Call-ID", callId)
                .header("CSeq", invite.cseq().number() + " CANCEL")
                .build();
        context.transactions().sendNonInvite(cancel, transaction.peer(), new CancelOutcome());
        context.scheduler().schedule(context.settings().timers().giveUp(), this::onCancelIgnored);
    }

    private void onCancelIgnored() {
        if (!done) {
            transaction.abandon();
            fail("cancelled; the INVITE got no final answer");
        }
    }

    /** The answer to the CANCEL says nothing; that to the INVITE does (section 9.1). */
    private static final class CancelOutcome implements ClientTransactionListener {
        @Override
        public void onResponse(SipResponse response) {}

        @Override
        public void onTimeout() {}

        @Override
        public void onTransportError(String reason) {}
    }
}
