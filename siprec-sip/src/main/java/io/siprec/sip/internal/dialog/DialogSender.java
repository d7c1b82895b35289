package io.siprec.sip.internal.dialog;

import io.siprec.sip.DialogEnd;
import io.siprec.sip.Timer;
import io.siprec.sip.internal.transaction.ClientTransactionListener;
import io.siprec.sip.internal.transaction.InviteClientTransaction;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.Reason;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.event.Level;

/**
 * Our own requests in one dialog, all of them: CSeq, target, first hop, and what comes of them. A refused request is sent
 * again when one of the {@link RetryRules} says so; its caller hears of the last response only. While the next try waits,
 * the request is not pending: the peer may send its own meanwhile, which is what the wait is for (RFC 3261 section 14.1).
 */
final class DialogSender {
    /** How long a re-INVITE may stay provisional: as long as a proxy would let it (timer C, RFC 3261 section 16.6). */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Reason TIMEOUT = Reason.sip(408, "Request Timeout");

    private final Context context;
    private final DialogPath path;
    private final boolean ourCallId;
    private final List<OwnRequest> pending = new ArrayList<>(1); // a try of theirs waits for its final response
    private final List<OwnRequest> waiting = new ArrayList<>(1); // their next try waits for a timer
    private long localSeq;
    private InviteTry lastInvite; // perhaps over
    private BooleanSupplier collision = () -> false;
    private boolean ending; // BYE was sent, or the dialog is over
    private Consumer<SipResponse> refusals = response -> {};

    DialogSender(Context context, DialogPath path, long localSeq, boolean ourCallId) {
        this.context = context;
        this.path = path;
        this.localSeq = localSeq;
        this.ourCallId = ourCallId;
    }

    /** Sets what says whether an offer of the peer is open: no offer of ours goes out then. */
    void collision(BooleanSupplier value) {
        collision = value;
    }

    /** Sets who hears of each refusal, those that lead to another try as well. */
    void onRefused(Consumer<SipResponse> value) {
        refusals = value;
    }

    /** Whether an INVITE of ours has no final response yet. */
    boolean invitePending() {
        return pending.stream().anyMatch(OwnRequest::invite);
    }

    /** Whether an offer of ours has no answer yet. */
    boolean offerPending() {
        return pending.stream().anyMatch(OwnRequest::offers);
    }

    /** Whether a re-INVITE of ours is under way: pending, or waiting for its next try. */
    boolean reinviting() {
        return invitePending() || waiting.stream().anyMatch(OwnRequest::invite);
    }

    void request(OwnRequest own) {
        send(own);
    }

    private void request(String method, List<Header> headers, SipBody body, Consumer<Outcome> onOutcome) {
        send(new OwnRequest(method, headers, () -> body, onOutcome));
    }

    void bye(List<Header> headers, SipBody body, Consumer<DialogEnd.Cause> onDone) {
        stopWaiting();
        ending = true;
        request("BYE", headers, body, outcome -> {
            boolean sent = outcome.timedOut() || outcome.response().isPresent();
            onDone.accept(sent ? DialogEnd.Cause.LOCAL_BYE : DialogEnd.Cause.TRANSPORT);
        });
    }

    /** Acknowledges a reliable provisional response (RFC 3262 section 4). */
    void prack(Header rack, Consumer<Outcome> onOutcome) {
        request("PRACK", List.of(rack), SipBody.none(), onOutcome);
    }

    /** The CSeq number of the last request. */
    long lastSeq() {
        return localSeq;
    }

    /** A BYE whose answer interests nobody: the dialog is over for us. */
    void lastBye(List<Header> headers) {
        bye(headers, SipBody.none(), cause -> {});
    }

    private void send(OwnRequest own) {
        try {
            Peer hop = path.firstHop();
            SipRequest request = path.write(own.method(), ++localSeq, hop, own.headers(), own.nextBody());
            own.sent(request);
            pending.add(own);
            if (own.invite()) {
                lastInvite = new InviteTry(own, request);
                lastInvite.transaction = context.transactions().sendInvite(request, hop, lastInvite);
            } else {
                context.transactions().sendNonInvite(request, hop, new Try(own));
            }
        } catch (IOException e) {
            notSent(own, e);
        } catch (RuntimeException e) { // as headers that can't be: a dialog must end all the same
            if (!own.method().equals("BYE")) {
                throw e;
            }
            notSent(own, e);
        }
    }

    private void notSent(OwnRequest own, Exception cause) {
        context.log().write(Level.WARN, "a request can't be sent: {}", cause.getMessage());
        settle(own, Outcome.NOT_SENT);
    }

    private void settle(OwnRequest own, Outcome outcome) {
        pending.remove(own);
        own.settle(outcome);
    }

    private void refused(OwnRequest own, SipResponse response) {
        refusals.accept(response);
        Optional<RetryRule.Retry> retry = context.retries()
                .after(own.asRefused(response, ourCallId, path.requests().authorizer()));
        if (retry.isEmpty() || ending && !own.method().equals("BYE")) {
            settle(own, Outcome.of(response));
            return;
        }
        pending.remove(own);
        own.refused(response, retry.get());
        Duration delay = retry.get().delay();
        if (delay.isZero()) {
            sendAgain(own);
        } else {
            waiting.add(own);
            own.waits(context.scheduler().schedule(delay, () -> tryAgain(own)));
        }
    }

    private void tryAgain(OwnRequest own) {
        waiting.remove(own);
        boolean blocked = own.offers() && (collision.getAsBoolean() || offerPending());
        if (!blocked) {
            sendAgain(own);
        } else if (own.mayBePostponed()) {
            waiting.add(own);
            own.waits(context.scheduler().schedule(context.ids().glareDelay(ourCallId), () -> tryAgain(own)));
        } else {
            own.giveUp();
        }
    }

    /** The caller's body is asked for once more, which may fail. */
    private void sendAgain(OwnRequest own) {
        if (!context.guarded(() -> send(own))) {
            own.giveUp();
        }
    }

    private void stopWaiting() {
        List<OwnRequest> left = List.copyOf(waiting);
        waiting.clear();
        left.forEach(OwnRequest::giveUp);
    }

    /** Sends the ACK of the 2xx to our INVITE. */
    Ack acknowledge(SipRequest invite, SipBody body) {
        Ack ack = new Ack(context, path, invite, body);
        ack.send();
        return ack;
    }

    /** The dialog is over. An INVITE that is still out keeps its transaction: whatever answers it must have its ACK. */
    void close() {
        ending = true;
        stopWaiting();
        if (invitePending()) {
            lastInvite.leave();
        }
        for (OwnRequest own : List.copyOf(pending)) {
            if (!own.method().equals("BYE")) {
                settle(own, Outcome.NOT_SENT);
            }
        }
        path.release();
    }

    /** What comes of one try of a request. */
    private class Try implements ClientTransactionListener {
        final OwnRequest own;

        Try(OwnRequest own) {
            this.own = own;
        }

        @Override
        public void onResponse(SipResponse response) {
            if (response.provisional()) {
                return;
            }
            if (!response.success()) {
                refused(own, response);
                return;
            }
            if (own.method().equals("UPDATE")) {
                path.refresh(response);
            }
            settle(own, Outcome.of(response));
        }

        @Override
        public void onTimeout() {
            settle(own, Outcome.TIMED_OUT);
        }

        @Override
        public void onTransportError(String reason) {
            settle(own, Outcome.NOT_SENT);
        }
    }

    /** What comes of one try of a re-INVITE. */
    private final class InviteTry extends Try {
        private final SipRequest request;
        private InviteClientTransaction transaction;
        private Timer patience; // null before a provisional response
        private final ReliableResponses reliable = new ReliableResponses(context, DialogSender.this);
        private Ack ack;

        private InviteTry(OwnRequest own, SipRequest request) {
            super(own);
            this.request = request;
        }

        @Override
        public void onResponse(SipResponse response) {
            if (response.provisional()) {
                onProvisional(response);
                return;
            }
            stopPatience();
            if (!response.success()) {
                super.onResponse(response);
            } else if (ack != null) {
                context.counters().retransmissionReceived(path.peer());
                ack.send();
            } else {
                path.refresh(response);
                boolean wanted = pending.contains(own); // after the dialog's end the application is not asked
                ack = acknowledge(request, wanted ? own.answer(context, response) : SipBody.none());
                settle(own, Outcome.of(response));
            }
        }

        private void onProvisional(SipResponse response) {
            if (patience == null) {
                patience = context.scheduler().schedule(PATIENCE, this::cancel);
            }
            if (ReliableResponses.is(response) && !ending) {
                reliable.acknowledges(response, path.peer());
            }
        }

        private void stopPatience() {
            if (patience != null) {
                patience.cancel();
            }
        }

        @Override
        public void onTransportError(String reason) {
            stopPatience();
            super.onTransportError(reason);
        }

        /** A peer that never answers would keep both of us from changing the session. */
        private void cancel() {
            Cancellation.send(context, transaction, TIMEOUT, this::onTimeout);
        }

        /** The dialog is over before the answer has come. */
        private void leave() {
            stopPatience();
            context.scheduler().schedule(context.settings().timers().giveUp(), transaction::abandon);
        }
    }
}
