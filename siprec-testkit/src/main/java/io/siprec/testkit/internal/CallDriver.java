package io.siprec.testkit.internal;

import io.siprec.sip.ClientCall;
import io.siprec.sip.ClientCallListener;
import io.siprec.sip.ClientInvite;
import io.siprec.sip.DialogEnd;
import io.siprec.sip.DialogListener;
import io.siprec.sip.SipDialog;
import io.siprec.sip.SipEndpoint;
import io.siprec.sip.SipLoop;
import io.siprec.sip.message.SipResponse;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallResult.EndedBy;
import io.siprec.testkit.SrcCallResult.Outcome;
import io.siprec.testkit.SrcCallSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Drives one call: INVITE, media, BYE. What the stack calls runs on the call's signalling loop, as does all that changes the
 * state; the result is completed once the sender has let go of the call.
 */
public final class CallDriver implements SrcCall, ClientCallListener, DialogListener {
    private final SipEndpoint endpoint;
    private final MediaSender sender;
    private final LongSupplier nanoTime;
    private final SrcCallSettings settings;
    private final CallSockets sockets;
    private final Consumer<CallDriver> onOver;
    private final CompletableFuture<SipResponse> accepted = new CompletableFuture<>();
    private final CompletableFuture<SrcCallResult> result = new CompletableFuture<>();
    private final AtomicBoolean completed = new AtomicBoolean();

    private volatile ClientCall clientCall; // set once, by the caller's thread
    private volatile SipLoop loop; // by whichever comes first: the caller's thread or the loop itself
    private volatile long startNs;

    // Signalling loop only, until the call is over.
    private SipDialog dialog; // null until the 2xx
    private CallMedia media; // null until the ACK
    private Optional<SipResponse> response = Optional.empty();
    private String answer = "";
    private Duration setupTime = Duration.ZERO;
    private String trouble = "";
    private boolean hangUpWanted;
    private boolean over;
    private boolean byeSent;

    /** @param onOver told once, when the result is about to be there */
    public CallDriver(
            SipEndpoint endpoint,
            MediaSender sender,
            LongSupplier nanoTime,
            SrcCallSettings settings,
            CallSockets sockets,
            Consumer<CallDriver> onOver) {
        this.endpoint = endpoint;
        this.sender = sender;
        this.nanoTime = nanoTime;
        this.settings = settings;
        this.sockets = sockets;
        this.onOver = onOver;
    }

    /** Sends the INVITE. */
    public void begin(ClientInvite invite) {
        startNs = nanoTime.getAsLong();
        clientCall = endpoint.invite(invite, this);
        loop = clientCall.loop();
    }

    @Override
    public String callId() {
        return clientCall.callId();
    }

    @Override
    public CompletableFuture<SipResponse> accepted() {
        return accepted;
    }

    @Override
    public CompletableFuture<SrcCallResult> result() {
        return result;
    }

    @Override
    public long packetsSent() {
        return sockets.packetsSent();
    }

    @Override
    public void hangUp() {
        post(() -> {
            hangUpWanted = true;
            if (dialog == null) {
                clientCall.cancel();
            } else if (media != null) {
                sender.remove(media, () -> post(this::endAfterGrace));
            }
        });
    }

    @Override
    public void cancel() {
        clientCall.cancel();
    }

    @Override
    public DialogListener dialogListener() {
        return this;
    }

    @Override
    public void onAccepted(SipResponse ok, SipDialog established) {
        dialog = established;
        loop = established.loop();
        settle(ok);
        // What is posted from here runs when the ACK is on its way.
        answer = SrcAnswer.text(ok);
        try {
            sockets.aim(SrcAnswer.targets(ok, settings.streams().size()));
        } catch (UnusableAnswerException e) {
            trouble = e.getMessage();
            post(this::bye);
            return;
        }
        accepted.complete(ok);
        post(this::startMedia);
    }

    private void startMedia() {
        if (over) {
            return;
        }
        if (hangUpWanted) {
            bye();
        } else {
            media = new CallMedia(sockets.aimedSenders(), settings.packets(), () -> post(this::endAfterGrace));
            sender.add(media);
        }
    }

    @Override
    public void onRejected(SipResponse refusal) {
        settle(refusal);
        finish(Outcome.REJECTED, refusal.status() + " " + refusal.reason(), EndedBy.NOBODY);
    }

    @Override
    public void onFailed(String reason) {
        finish(Outcome.FAILED, reason, EndedBy.NOBODY);
    }

    @Override
    public void onEnded(DialogEnd end) {
        EndedBy endedBy = switch (end.cause()) {
            case LOCAL_BYE -> EndedBy.LOCAL;
            case REMOTE_BYE -> EndedBy.REMOTE;
            default -> EndedBy.NOBODY;
        };
        if (!trouble.isEmpty()) {
            finish(Outcome.FAILED, trouble, endedBy);
        } else if (endedBy == EndedBy.NOBODY) {
            finish(Outcome.FAILED, "the call broke off: " + end.cause(), endedBy);
        } else {
            finish(Outcome.COMPLETED, answered(), endedBy);
        }
    }

    private String answered() {
        return response.map(r -> r.status() + " " + r.reason()).orElse("");
    }

    private void settle(SipResponse last) {
        setupTime = Duration.ofNanos(nanoTime.getAsLong() - startNs);
        response = Optional.of(last);
    }

    /** What is on its way has time to arrive before the recorder closes its sockets. */
    private void endAfterGrace() {
        if (over) {
            return;
        }
        if (settings.byeGrace().isZero()) {
            bye();
        } else {
            loop.schedule(settings.byeGrace(), this::bye);
        }
    }

    private void bye() {
        if (!byeSent && !over) {
            byeSent = true;
            dialog.bye(List.of());
        }
    }

    private void post(Runnable task) {
        if (!loop.execute(task)) {
            abort("the signalling loop takes no more work");
        }
    }

    private void finish(Outcome outcome, String detail, EndedBy endedBy) {
        over = true;
        if (media == null) {
            complete(outcome, detail, endedBy);
        } else {
            sender.remove(media, () -> complete(outcome, detail, endedBy));
        }
    }

    /** Ends a call that nothing is heard of any more: its endpoint is closed. Any thread. */
    public void abort(String reason) {
        complete(Outcome.FAILED, reason, EndedBy.NOBODY);
    }

    private void complete(Outcome outcome, String detail, EndedBy endedBy) {
        if (!completed.compareAndSet(false, true)) {
            return;
        }
        sockets.close();
        SrcCallResult outcomeResult =
                new SrcCallResult(outcome, detail, response, answer, setupTime, endedBy, sockets.reports());
        onOver.accept(this);
        accepted.completeExceptionally(new IllegalStateException(detail));
        result.completeAsync(() -> outcomeResult); // what a test does with it must not hold up other calls' packets
    }
}
