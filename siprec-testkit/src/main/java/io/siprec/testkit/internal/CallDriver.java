package io.siprec.testkit.internal;

import io.siprec.core.sdp.SessionDescription;
import io.siprec.sip.ClientCall;
import io.siprec.sip.ClientCallListener;
import io.siprec.sip.ClientInvite;
import io.siprec.sip.DialogEnd;
import io.siprec.sip.DialogListener;
import io.siprec.sip.ServerInvite;
import io.siprec.sip.ServerRequest;
import io.siprec.sip.SipDialog;
import io.siprec.sip.SipEndpoint;
import io.siprec.sip.SipLoop;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.testkit.SrcCall;
import io.siprec.testkit.SrcCallResult;
import io.siprec.testkit.SrcCallResult.EndedBy;
import io.siprec.testkit.SrcCallResult.Outcome;
import io.siprec.testkit.SrcCallSettings;
import io.siprec.testkit.SrcMedia;
import io.siprec.testkit.SrcRequest;
import java.time.Duration;
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
    private final CallLines lines;
    private final CallMedia media;
    private final CallRequests requests;
    private final Consumer<CallDriver> onOver;
    private final CompletableFuture<SipResponse> accepted = new CompletableFuture<>();
    private final CompletableFuture<SrcCallResult> result = new CompletableFuture<>();
    private final AtomicBoolean completed = new AtomicBoolean();

    private volatile ClientCall clientCall; // set once, by the caller's thread
    private volatile SipLoop loop; // by whichever comes first: the caller's thread or the loop itself
    private volatile long startNs;

    // Signalling loop only, until the call is over.
    private SipDialog dialog; // null until the 2xx
    private boolean mediaRuns;
    private SipBody answerInAck = SipBody.none(); // where the 2xx had the offer
    private SrcRequest lastWords = SrcRequest.empty(); // the BYE's
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
            CallLines lines,
            Consumer<CallDriver> onOver) {
        this.endpoint = endpoint;
        this.sender = sender;
        this.nanoTime = nanoTime;
        this.settings = settings;
        this.lines = lines;
        this.onOver = onOver;
        this.media = new CallMedia(lines.senders(), settings.packets(), () -> post(this::endAfterGrace));
        this.requests = new CallRequests(settings, lines, media, sender, this::post);
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
        return lines.packetsSent();
    }

    @Override
    public SrcMedia media() {
        return lines.media();
    }

    @Override
    public CompletableFuture<Void> played(Duration audio) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        sender.command(() -> media.tellAt(audio.dividedBy(SrcCallSettings.PACKET_TIME), reached));
        return reached;
    }

    @Override
    public CompletableFuture<SipResponse> reinvite(SrcRequest request) {
        return request("INVITE", request);
    }

    @Override
    public CompletableFuture<SipResponse> update(SrcRequest request) {
        return request("UPDATE", request);
    }

    private CompletableFuture<SipResponse> request(String method, SrcRequest request) {
        CompletableFuture<SipResponse> done = new CompletableFuture<>();
        post(() -> {
            if (over || dialog == null || byeSent) {
                done.completeExceptionally(new IllegalStateException("there is no dialog to send a request in"));
            } else {
                requests.send(dialog, method, request, done);
            }
        });
        return done;
    }

    @Override
    public Optional<SipRequest> nextRequest(Duration patience) throws InterruptedException {
        return requests.next(patience);
    }

    @Override
    public void hangUp() {
        hangUp(SrcRequest.empty());
    }

    @Override
    public void hangUp(SrcRequest last) {
        post(() -> {
            lastWords = last;
            hangUpWanted = true;
            if (dialog == null) {
                clientCall.cancel();
            } else if (mediaRuns) {
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
            aim(ok);
        } catch (UnusableAnswerException e) {
            trouble = e.getMessage();
            post(this::bye);
            return;
        }
        accepted.complete(ok);
        post(this::startMedia);
    }

    private void aim(SipResponse ok) throws UnusableAnswerException {
        if (settings.dialect().offer()) {
            lines.aim(SrcAnswer.targets(ok, settings.media().lines().size()));
        } else {
            SessionDescription theirs = SrcAnswer.description(ok);
            lines.aim(lines.wanted(theirs));
            answerInAck = new SipBody("application/sdp", lines.answer(theirs));
        }
    }

    @Override
    public SipBody answer(SipResponse ok) {
        return answerInAck;
    }

    private void startMedia() {
        if (over) {
            return;
        }
        if (hangUpWanted) {
            bye();
        } else {
            mediaRuns = true;
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
    public void onReinvite(ServerInvite invite) {
        requests.onReinvite(invite, (asked, headers, body) -> asked.accept(headers, body, this));
    }

    @Override
    public void onRequest(ServerRequest request) {
        requests.onRequest(request);
    }

    @Override
    public void onAck(SipRequest ack) {
        requests.onAck(ack);
    }

    @Override
    public void onEnded(DialogEnd end) {
        end.bye().ifPresent(requests::keep);
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
            RequestBody body = requests.body(lastWords, Optional.empty());
            dialog.bye(body.headers(), body.body());
        }
    }

    private void post(Runnable task) {
        if (!loop.execute(task)) {
            abort("the signalling loop takes no more work");
        }
    }

    private void finish(Outcome outcome, String detail, EndedBy endedBy) {
        over = true;
        sender.remove(media, () -> {
            media.giveUp();
            complete(outcome, detail, endedBy);
        });
    }

    /** Ends a call that nothing is heard of any more: its endpoint is closed. Any thread. */
    public void abort(String reason) {
        complete(Outcome.FAILED, reason, EndedBy.NOBODY);
    }

    private void complete(Outcome outcome, String detail, EndedBy endedBy) {
        if (!completed.compareAndSet(false, true)) {
            return;
        }
        lines.close();
        SrcCallResult outcomeResult =
                new SrcCallResult(outcome, detail, response, answer, setupTime, endedBy, lines.reports());
        onOver.accept(this);
        accepted.completeExceptionally(new IllegalStateException(detail));
        result.completeAsync(() -> outcomeResult); // what a test does with it must not hold up other calls' packets
    }
}
