package io.siprec.sip.internal.dialog;

import io.siprec.sip.DialogEnd;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.transaction.ClientTransactionListener;
import io.siprec.sip.internal.transaction.InviteClientTransaction;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.message.SipUri;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.event.Level;

/** Our own requests in one dialog: CSeq, target, first hop, and what comes of them. */
final class DialogSender {
    private final Context context;
    private final DialogRequests requests;
    private Peer peer; // where the peer was last heard; a connection is reused
    private SipUri target;
    private long localSeq;
    private InviteClientTransaction openInvite;
    private Consumer<Outcome> openInviteOutcome;
    private boolean closed;

    /** The final response; without one, whether it was waited for in vain or the request did not get away. */
    record Outcome(Optional<SipResponse> response, boolean timedOut) {
        static final Outcome TIMED_OUT = new Outcome(Optional.empty(), true);
        static final Outcome NOT_SENT = new Outcome(Optional.empty(), false);
    }

    DialogSender(Context context, DialogRequests requests, Peer peer, SipUri target, long localSeq) {
        this.context = context;
        this.requests = requests;
        this.peer = peer;
        this.target = target;
        this.localSeq = localSeq;
        peer.retain();
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

    boolean invitePending() {
        return openInvite != null;
    }

    private Peer hop() throws IOException {
        return RemoteTarget.firstHop(context, peer, requests.routes(), target);
    }

    void request(String method, List<Header> headers, Optional<SipBody> body, Consumer<Outcome> onOutcome) {
        try {
            Peer hop = hop();
            SipRequest request =
                    requests.write(method, ++localSeq, target, hop, peer, headers, body.orElseGet(SipBody::none));
            context.transactions().sendNonInvite(request, hop, new FinalOnly(method, onOutcome));
        } catch (IOException e) {
            notSent(e, onOutcome);
        }
    }

    private void notSent(IOException cause, Consumer<Outcome> onOutcome) {
        context.log().write(Level.WARN, "a request can't be sent: {}", cause.getMessage());
        onOutcome.accept(Outcome.NOT_SENT);
    }

    void bye(List<Header> headers, Consumer<DialogEnd.Cause> onDone) {
        request("BYE", headers, Optional.empty(), outcome -> {
            boolean sent = outcome.timedOut() || outcome.response().isPresent();
            onDone.accept(sent ? DialogEnd.Cause.LOCAL_BYE : DialogEnd.Cause.TRANSPORT);
        });
    }

    /** A BYE whose answer interests nobody: the dialog is over for us. */
    void lastBye() {
        request("BYE", List.of(), Optional.empty(), outcome -> {});
    }

    void reinvite(List<Header> headers, Optional<SipBody> body, Consumer<Outcome> onOutcome) {
        try {
            Peer hop = hop();
            long cseq = ++localSeq;
            SipRequest request =
                    requests.write("INVITE", cseq, target, hop, peer, headers, body.orElseGet(SipBody::none));
            openInviteOutcome = onOutcome;
            openInvite = context.transactions().sendInvite(request, hop, new Reinvite(cseq));
        } catch (IOException e) {
            notSent(e, onOutcome);
        }
    }

    /** The ACK of a 2xx goes its own way, with the INVITE's CSeq number (RFC 3261 section 13.2.2.4). */
    void acknowledge(long cseq) {
        try {
            Peer hop = hop();
            SipRequest ack = requests.write("ACK", cseq, target, hop, peer, List.of(), SipBody.none());
            hop.send(ack.toBytes());
        } catch (IOException e) {
            context.log().write(Level.WARN, "an ACK can't be sent: {}", e.getMessage());
        }
    }

    void close() {
        closed = true;
        if (openInvite != null) {
            openInvite.abandon();
            settle(Outcome.NOT_SENT);
        }
        peer.release();
    }

    private void settle(Outcome outcome) {
        Consumer<Outcome> onOutcome = openInviteOutcome;
        openInvite = null;
        openInviteOutcome = null;
        onOutcome.accept(outcome);
    }

    private final class FinalOnly implements ClientTransactionListener {
        private final String method;
        private final Consumer<Outcome> onOutcome;

        private FinalOnly(String method, Consumer<Outcome> onOutcome) {
            this.method = method;
            this.onOutcome = onOutcome;
        }

        @Override
        public void onResponse(SipResponse response) {
            if (response.provisional()) {
                return;
            }
            if (response.success() && method.equals("UPDATE")) {
                RemoteTarget.of(response).ifPresent(DialogSender.this::target);
            }
            onOutcome.accept(new Outcome(Optional.of(response), false));
        }

        @Override
        public void onTimeout() {
            onOutcome.accept(Outcome.TIMED_OUT);
        }

        @Override
        public void onTransportError(String reason) {
            onOutcome.accept(Outcome.NOT_SENT);
        }
    }

    private final class Reinvite implements ClientTransactionListener {
        private final long cseq;
        private boolean accepted;

        private Reinvite(long cseq) {
            this.cseq = cseq;
        }

        @Override
        public void onResponse(SipResponse response) {
            if (response.provisional()) {
                return;
            }
            if (response.success()) {
                onSuccess(response);
            } else if (openInvite != null) {
                settle(new Outcome(Optional.of(response), false));
            }
        }

        private void onSuccess(SipResponse response) {
            if (accepted) {
                context.counters().count(Counters.Name.RETRANSMISSIONS_RECEIVED);
                acknowledge(cseq);
                return;
            }
            accepted = true;
            RemoteTarget.of(response).ifPresent(DialogSender.this::target);
            acknowledge(cseq);
            settle(new Outcome(Optional.of(response), false));
        }

        @Override
        public void onTimeout() {
            settle(Outcome.TIMED_OUT);
        }

        @Override
        public void onTransportError(String reason) {
            settle(Outcome.NOT_SENT);
        }
    }
}
