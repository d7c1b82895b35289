package io.siprec.sip.internal.dialog;

import io.siprec.sip.DialogEnd;
import io.siprec.sip.DialogListener;
import io.siprec.sip.PrackListener;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.SipDialog;
import io.siprec.sip.SipLoop;
import io.siprec.sip.internal.transaction.InviteServerTransaction;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.Reason;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.transport.MessageSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** An INVITE that the application answers: one that may make a dialog, or one in a dialog. */
final class InviteAnswer implements ServerInvite, InviteServerTransaction.CancelListener {
    private final Context context;
    private final InviteServerTransaction transaction;
    private final Optional<Dialog> existing;
    private final String toTag;
    private List<Reason> cancelReasons = List.of();
    private Progress progress; // null before the first provisional response
    private Dialog accepted; // whose 2xx waits for a PRACK; else null
    private Runnable cancelHook = () -> {};

    InviteAnswer(Context context, InviteServerTransaction transaction, Optional<Dialog> existing) {
        this.context = context;
        this.transaction = transaction;
        this.existing = existing;
        this.toTag = existing.map(Dialog::localTag).orElseGet(() -> transaction.toTag(context.ids()::tag));
        if (existing.isEmpty()) {
            context.dialogs().inviteWaits();
        }
        transaction.cancelListener(this);
    }

    /** Stops repetitions of the INVITE at once (RFC 3261 section 17.2.1). */
    void trying() {
        transaction.respond(100, context.trying(request(), transaction.source()));
    }

    @Override
    public String toTag() {
        return toTag;
    }

    @Override
    public SipRequest request() {
        return transaction.request();
    }

    @Override
    public MessageSource source() {
        return transaction.source().source();
    }

    @Override
    public SipLoop loop() {
        return context.loop();
    }

    @Override
    public String localContactHost() {
        return transaction.source().advertisedHost();
    }

    @Override
    public void progress(int status, String reason, List<Header> headers, SipBody body, PrackListener listener) {
        Objects.requireNonNull(listener, "listener");
        if (status < 101 || status > 199) {
            throw new IllegalArgumentException("status must be 101 to 199, was " + status);
        }
        if (!pending()) {
            return;
        }
        if (progress == null) {
            progress = begun();
        }
        progress.send(status, reason, headers, body, listener);
    }

    private Progress begun() {
        Progress begun = new Progress(context, transaction, toTag, () -> fail(504, "No PRACK", DialogEnd.Cause.NO_ACK));
        existing.ifPresentOrElse(begun::in, () -> begun.early(this));
        return begun;
    }

    @Override
    public SipDialog accept(List<Header> headers, SipBody body, DialogListener listener) {
        Objects.requireNonNull(listener, "listener");
        if (!pending()) {
            throw new IllegalStateException("the INVITE has its final answer already");
        }
        Peer source = transaction.source();
        SessionTimerAnswer timer =
                SessionTimerAnswer.to(request(), context.settings().sessionTimers());
        List<Header> all = new ArrayList<>(headers.size() + 5);
        all.add(context.contact(request(), source));
        all.add(Methods.ALLOW);
        all.add(context.supported());
        all.addAll(timer.headers());
        all.addAll(headers);
        byte[] response = context.response(request(), source, 200, "OK", toTag, all, body);
        Dialog dialog = existing.orElseGet(() -> Dialog.server(context, request(), toTag, source));
        if (existing.isEmpty()) {
            context.dialogs().inviteAnswered();
            context.dialogs().add(dialog);
            if (progress != null) {
                progress.confirmed(dialog);
            }
        }
        Runnable success = () -> {
            accepted = null;
            dialog.accepted(this, body, response, transaction.path(), listener);
            dialog.timer().answered(request(), timer);
            transaction.respond(200, response);
        };
        if (progress != null && progress.reliable().holdsSuccess()) {
            accepted = dialog;
            dialog.accepting(this, listener);
            progress.reliable().whenAcknowledged(success);
        } else {
            finishProgress();
            success.run();
        }
        return dialog;
    }

    private void finishProgress() {
        if (progress != null) {
            progress.finish();
        }
    }

    @Override
    public void reject(int status, String reason, Header... headers) {
        if (status < 300 || status > 699) {
            throw new IllegalArgumentException("status must be 300 to 699, was " + status);
        }
        if (pending()) {
            finishProgress();
            respond(status, reason, toTag, List.of(headers), SipBody.none());
            existing.ifPresentOrElse(dialog -> dialog.receiver().answered(this), context.dialogs()::inviteAnswered);
        }
    }

    private void respond(int status, String reason, String tag, List<Header> headers, SipBody body) {
        transaction.respond(
                status, context.response(request(), transaction.source(), status, reason, tag, headers, body));
    }

    @Override
    public void onCancel(Runnable listener) {
        cancelHook = Objects.requireNonNull(listener, "listener");
    }

    @Override
    public void onCancel(SipRequest cancel) {
        terminate(Optional.of(cancel));
    }

    /** CANCEL, or BYE of either side in the dialog: 487, then the application hears of it. */
    void terminate(Optional<SipRequest> by) {
        if (transaction.open()) {
            cancelReasons = by.map(Reason::of).orElse(List.of());
            fail(487, "Request Terminated", DialogEnd.Cause.REMOTE_BYE);
        }
    }

    /** The INVITE ends without the application, which may have accepted it by now. */
    private void fail(int status, String reason, DialogEnd.Cause cause) {
        Dialog waiting = accepted;
        accepted = null;
        if (waiting == null || existing.isPresent()) {
            reject(status, reason);
            context.guarded(cancelHook);
        } else {
            finishProgress();
            respond(status, reason, toTag, List.of(), SipBody.none());
            waiting.receiver().answered(this);
            waiting.endUnanswered(cause);
        }
    }

    @Override
    public List<Reason> cancelReasons() {
        return cancelReasons;
    }

    @Override
    public boolean pending() {
        return transaction.open() && accepted == null;
    }
}
