package io.siprec.sip.internal.dialog;

import io.siprec.sip.ClientCall;
import io.siprec.sip.ClientCallListener;
import io.siprec.sip.ClientInvite;
import io.siprec.sip.DialogListener;
import io.siprec.sip.SipLoop;
import io.siprec.sip.Timer;
import io.siprec.sip.internal.auth.Authorizer;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.transaction.ClientTransactionListener;
import io.siprec.sip.internal.transaction.InviteClientTransaction;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.Reason;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.message.SipUri;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** An INVITE of ours outside of a dialog, from its start to its outcome (RFC 3261 sections 13.2 and 9.1). */
final class OutgoingCall implements ClientCall, ClientTransactionListener {
    private static final int MAX_FORKS = 8;
    private static final Reason ELSEWHERE = Reason.sip(200, "Call completed elsewhere");

    private final Context context;
    private final OutgoingCalls calls;
    private final ClientInvite settings;
    private final ClientCallListener listener;
    private final String callId;
    private final Authorizer authorizer;
    private String tag;
    private List<Header> headers;
    private long cseq;
    private int tries;
    private Timer nextTry; // while a try was refused and the next one waits
    private InviteClientTransaction transaction; // of the last try
    private final Map<String, Dialog> forks = new HashMap<>(2); // by the peer's tag
    private final EarlyBranches early;
    private boolean answering; // a provisional response has come
    private Reason cancelReason; // null while nobody cancelled
    private boolean done;

    OutgoingCall(
            Context context, OutgoingCalls calls, ClientInvite settings, ClientCallListener listener, String callId) {
        this.context = context;
        this.calls = calls;
        this.settings = settings;
        this.listener = listener;
        this.callId = callId;
        this.headers =
                new ArrayList<>(SessionTimerOffer.headers(context.settings().sessionTimers()));
        this.headers.addAll(settings.headers());
        this.authorizer = context.authorizer(settings.credentials());
        this.early = new EarlyBranches(context, authorizer);
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
        tag = context.ids().tag();
        cseq = context.ids().firstCSeq();
        send();
    }

    private void send() {
        nextTry = null;
        try {
            Peer peer = context.network().peer(settings.transport(), settings.destination());
            SipRequest invite = invite(peer);
            answering = false;
            tries++;
            transaction = context.transactions().sendInvite(invite, peer, this);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private SipRequest invite(Peer peer) {
        boolean sips = SipUri.lenient(settings.requestUri()).scheme().equals(Sips.SCHEME);
        SipRequest.Builder builder = SipRequest.builder("INVITE", settings.requestUri())
                .header("Via", context.via(peer))
                .header("Max-Forwards", "70")
                .header("From", settings.from() + ";tag=" + tag)
                .header("To", settings.to())
                .header("Call-ID", callId)
                .header("CSeq", cseq + " INVITE")
                .headers(
                        List.of(context.contact(peer, sips), Methods.ALLOW, context.offered("INVITE", settings.body())))
                .headers(headers)
                .headers(authorizer.headers(
                        "INVITE", settings.requestUri(), settings.body().content()));
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
            onRefusal(response);
        }
    }

    /** The next try keeps Call-ID, From tag and To, and has the next CSeq number (RFC 3261 section 8.1.3.5). */
    private void onRefusal(SipResponse response) {
        Optional<RetryRule.Retry> retry = cancelled() || done
                ? Optional.empty()
                : context.retries()
                        .after(new RetryRule.Refused(transaction.request(), response, tries, true, authorizer));
        if (retry.isEmpty()) {
            finish(() -> listener.onRejected(response));
            return;
        }
        headers = List.copyOf(retry.get().headers().apply(headers));
        cseq++;
        early.clear();
        Duration delay = retry.get().delay();
        if (delay.isZero()) {
            send();
        } else {
            nextTry = context.scheduler().schedule(delay, this::send);
        }
    }

    private void onProvisional(SipResponse response) {
        boolean first = !answering;
        answering = true;
        if (first && cancelled()) {
            sendCancel();
        }
        if (!done && early.takes(transaction.request(), response, transaction.peer())) {
            context.guarded(() -> listener.onProvisional(response));
        }
    }

    private void onSuccess(SipResponse response) {
        String remoteTag = response.to().tag().orElse("");
        Dialog known = forks.get(remoteTag);
        if (known != null) {
            context.counters().retransmissionReceived(transaction.peer());
            known.acknowledgeAgain();
        } else if (forks.size() == MAX_FORKS) {
            context.counters().count(Counters.Name.DROPPED_STRAY_RESPONSE);
        } else if (done) {
            forks.put(remoteTag, ended(response));
        } else if (cancelled()) {
            forks.put(remoteTag, ended(response));
            fail("cancelled; the answer that crossed the CANCEL was ended with BYE");
        } else {
            DialogListener[] taken = new DialogListener[1];
            context.guarded(() -> taken[0] = Objects.requireNonNull(listener.dialogListener(), "dialogListener"));
            if (taken[0] == null) {
                forks.put(remoteTag, ended(response));
                fail("the application gave no listener for the dialog; the call was ended with BYE");
                return;
            }
            Dialog dialog = dialog(response, taken[0]);
            forks.put(remoteTag, dialog);
            context.dialogs().add(dialog);
            finish(() -> listener.onAccepted(response, dialog));
            SipBody[] answer = {SipBody.none()};
            context.guarded(() -> answer[0] = listener.answer(response));
            dialog.acknowledge(answer[0]);
        }
    }

    private Dialog dialog(SipResponse response, DialogListener dialogListener) {
        SipRequest invite = transaction.request();
        long lastSeq = early.lastSeq(invite, response.to().tag().orElse(""));
        return Dialog.client(context, invite, response, transaction.peer(), authorizer, lastSeq, dialogListener);
    }

    /** A 2xx that nobody wants any more, as of another fork: acknowledged, then ended (section 13.2.2.4). */
    private Dialog ended(SipResponse response) {
        Reason reason = cancelled() ? cancelReason : ELSEWHERE;
        Dialog unwanted = dialog(response, end -> {});
        unwanted.bye(List.of(reason.header()));
        unwanted.acknowledge(SipBody.none());
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
        if (nextTry != null) {
            nextTry.cancel();
        }
        context.dialogs().inviteAnswered();
        calls.remove(this);
        early.close();
        context.guarded(outcome);
    }

    @Override
    public void cancel(Reason reason) {
        Objects.requireNonNull(reason, "reason");
        context.loop().execute(() -> onCancel(reason));
    }

    private void onCancel(Reason reason) {
        if (done || cancelled()) {
            return;
        }
        cancelReason = reason;
        if (nextTry != null) {
            fail("cancelled");
        } else if (answering) {
            sendCancel();
        }
    }

    private boolean cancelled() {
        return cancelReason != null;
    }

    private void sendCancel() {
        Cancellation.send(context, transaction, cancelReason, () -> fail("cancelled; the INVITE got no final answer"));
    }
}
