package io.siprec.sip.internal.dialog;

import io.siprec.sip.DialogEnd;
import io.siprec.sip.internal.transaction.ClientTransactionListener;
import io.siprec.sip.internal.transaction.InviteClientTransaction;
import io.siprec.sip.internal.transaction.Way;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.message.SipUri;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.event.Level;

/**
 * Our own requests in one dialog, all of them: CSeq, target, first hop, and what comes of them. A refused request is sent
 * again when one of the {@link RetryRules} says so; its caller hears of the last response only. While the next try waits,
 * the request is not pending: the peer may send its own meanwhile, which is what the wait is for (RFC 3261 section 14.1).
 */
final class DialogSender {
    private final Context context;
    private final DialogRequests requests;
    private final boolean ourCallId;
    private final List<OwnRequest> pending = new ArrayList<>(1); // a try of theirs waits for its final response
    private final List<OwnRequest> waiting = new ArrayList<>(1); // their next try waits for a timer
    private Peer peer; // where the peer was last heard; a connection is reused
    private SipUri target;
    private long localSeq;
    private InviteClientTransaction openInvite; // the last one, perhaps over
    private BooleanSupplier collision = () -> false;
    private boolean ending; // BYE was sent, or the dialog is over
    private boolean closed;
    private Consumer<SipResponse> refusals = response -> {};

    DialogSender(Context context, DialogRequests requests, Peer peer, SipUri target, long localSeq, boolean ourCallId) {
        this.context = context;
        this.requests = requests;
        this.peer = peer;
        this.target = target;
        this.localSeq = localSeq;
        this.ourCallId = ourCallId;
        peer.retain();
    }

    /** Sets what says whether an offer of the peer is open: no offer of ours goes out then. */
    void collision(BooleanSupplier value) {
        collision = value;
    }

    /** Sets who hears of each refusal, those that lead to another try as well. */
    void onRefused(Consumer<SipResponse> value) {
        refusals = value;
    }

    void target(SipUri uri) {
        target = uri;
    }

    void seen(Peer latest) {
        if (latest != peer && !closed) {
            peer.release();
            peer = latest;
            peer.retain();
        }
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

    void request(String method, List<Header> headers, Supplier<SipBody> body, Consumer<Outcome> onOutcome) {
        send(new OwnRequest(method, headers, body, onOutcome));
    }

    void bye(List<Header> headers, Consumer<DialogEnd.Cause> onDone) {
        stopWaiting();
        ending = true;
        request("BYE", headers, SipBody::none, outcome -> {
            boolean sent = outcome.timedOut() || outcome.response().isPresent();
            onDone.accept(sent ? DialogEnd.Cause.LOCAL_BYE : DialogEnd.Cause.TRANSPORT);
        });
    }

    /** A BYE whose answer interests nobody: the dialog is over for us. */
    void lastBye(List<Header> headers) {
        bye(headers, cause -> {});
    }

    /** The way to the peer. A connection that was made anew is the dialog's from now on. */
    private Peer hop() throws IOException {
        Peer hop = NextHop.of(context, peer, requests.routes(), target);
        if (hop.transport().reliable() && !peer.open()) {
            seen(hop);
        }
        return hop;
    }

    private void send(OwnRequest own) {
        try {
            Peer hop = hop();
            SipRequest request =
                    requests.write(own.method(), ++localSeq, target, hop, peer, own.headers(), own.nextBody());
            own.sent(request);
            pending.add(own);
            if (own.invite()) {
                InviteTry listener = new InviteTry(own, request);
                openInvite = context.transactions().sendInvite(request, hop, listener);
            } else {
                context.transactions().sendNonInvite(request, hop, new Try(own));
            }
        } catch (IOException e) {
            context.log().write(Level.WARN, "a request can't be sent: {}", e.getMessage());
            own.settle(Outcome.NOT_SENT);
        }
    }

    private void settle(OwnRequest own, Outcome outcome) {
        pending.remove(own);
        own.settle(outcome);
    }

    private void refused(OwnRequest own, SipResponse response) {
        refusals.accept(response);
        Optional<RetryRule.Retry> retry =
                context.retries().after(own.asRefused(response, ourCallId, requests.authorizer()));
        if (retry.isEmpty() || ending && !own.method().equals("BYE")) {
            settle(own, Outcome.of(response));
            return;
        }
        pending.remove(own);
        own.refused(response, retry.get());
        Duration delay = retry.get().delay();
        if (delay.isZero()) {
            send(own);
        } else {
            waiting.add(own);
            own.waits(context.scheduler().schedule(delay, () -> tryAgain(own)));
        }
    }

    private void tryAgain(OwnRequest own) {
        waiting.remove(own);
        boolean blocked = own.offers() && (collision.getAsBoolean() || offerPending());
        if (!blocked) {
            send(own);
        } else if (own.mayBePostponed()) {
            waiting.add(own);
            own.waits(context.scheduler().schedule(context.ids().glareDelay(ourCallId), () -> tryAgain(own)));
        } else {
            own.giveUp();
        }
    }

    private void stopWaiting() {
        List<OwnRequest> left = List.copyOf(waiting);
        waiting.clear();
        left.forEach(OwnRequest::giveUp);
    }

    /** The ACK of a 2xx goes its own way, with CSeq number and credentials of the INVITE (RFC 3261 sections 13.2.2.4, 22.1). */
    Ack acknowledge(SipRequest invite) {
        List<Header> headers = new ArrayList<>(1);
        for (String name : List.of("Authorization", "Proxy-Authorization")) {
            invite.headers(name).forEach(value -> headers.add(new Header(name, value)));
        }
        Ack ack = new Ack(invite.cseq().number(), headers);
        ack.send();
        return ack;
    }

    /** An ACK that is sent as often as its 2xx comes. */
    final class Ack {
        private final long cseq;
        private final List<Header> headers;
        private SipRequest written;

        private Ack(long cseq, List<Header> headers) {
            this.cseq = cseq;
            this.headers = headers;
        }

        void send() {
            try {
                Way way = way();
                way.peer().send(way.request().toBytes());
            } catch (IOException e) {
                context.log().write(Level.WARN, "an ACK can't be sent: {}", e.getMessage());
            }
        }

        /** One that is too large for a datagram goes by TCP once; if its 2xx comes again, that was no way. */
        private Way way() throws IOException {
            Peer hop = hop();
            if (written != null) {
                return new Way(written, hop);
            }
            written = requests.write("ACK", cseq, target, hop, peer, headers, SipBody.none());
            Way first = new Way(written, hop);
            return context.transactions().byTcp(first).orElse(first);
        }
    }

    /** The dialog is over. An INVITE that is still out keeps its transaction: whatever answers it must have its ACK. */
    void close() {
        ending = true;
        closed = true;
        stopWaiting();
        if (invitePending()) {
            context.scheduler().schedule(context.settings().timers().giveUp(), openInvite::abandon);
        }
        for (OwnRequest own : List.copyOf(pending)) {
            if (!own.method().equals("BYE")) {
                settle(own, Outcome.NOT_SENT);
            }
        }
        peer.release();
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
                RemoteTarget.of(response).ifPresent(DialogSender.this::target);
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
        private Ack ack;

        private InviteTry(OwnRequest own, SipRequest request) {
            super(own);
            this.request = request;
        }

        @Override
        public void onResponse(SipResponse response) {
            if (!response.success()) {
                super.onResponse(response);
            } else if (ack != null) {
                context.counters().retransmissionReceived(peer);
                ack.send();
            } else {
                RemoteTarget.of(response).ifPresent(DialogSender.this::target);
                ack = acknowledge(request);
                settle(own, Outcome.of(response));
            }
        }
    }
}
