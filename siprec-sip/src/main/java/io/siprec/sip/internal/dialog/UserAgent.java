package io.siprec.sip.internal.dialog;

import io.siprec.sip.ClientCall;
import io.siprec.sip.ClientCallListener;
import io.siprec.sip.ClientInvite;
import io.siprec.sip.DialogEnd;
import io.siprec.sip.OptionsAnswer;
import io.siprec.sip.SipApplication;
import io.siprec.sip.SipLoop;
import io.siprec.sip.guard.Unavailable;
import io.siprec.sip.internal.guard.LoopGuard;
import io.siprec.sip.internal.guard.Overload;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.loop.LimitedLog;
import io.siprec.sip.internal.loop.Scheduler;
import io.siprec.sip.internal.transaction.InviteServerTransaction;
import io.siprec.sip.internal.transaction.NonInviteServerTransaction;
import io.siprec.sip.internal.transaction.ServerTransaction;
import io.siprec.sip.internal.transaction.Transactions;
import io.siprec.sip.internal.transport.Network;
import io.siprec.sip.internal.transport.NetworkListener;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Takes the messages of all sockets and decides who acts on them (RFC 3261 section 8.2). Loop thread only. */
public final class UserAgent implements NetworkListener {
    private final SipApplication application;
    private final Context context;
    private final AuthenticationGate gate;
    private final RequestChecks checks;
    private final OutgoingCalls calls = new OutgoingCalls();
    private final LoopGuard guard;
    private final Doorkeeper door;

    /** A user agent without sockets of its own; its timers run on the loop. */
    public UserAgent(
            SipApplication application,
            SipSettings settings,
            Scheduler scheduler,
            SipLoop loop,
            Network network,
            IdSource ids,
            Counters counters,
            LoopGuard guard,
            Overload overload) {
        this.application = application;
        this.context = new Context(
                settings,
                scheduler,
                loop,
                network,
                new Transactions(
                        scheduler,
                        settings.timers(),
                        settings.limits().maxTransactions(),
                        settings.maxDatagramBytes(),
                        network,
                        counters),
                new Dialogs(settings.limits().maxDialogs(), counters),
                ids,
                RetryRules.of(ids),
                counters,
                new LimitedLog(LoggerFactory.getLogger(UserAgent.class), scheduler::nanoTime),
                guard.log());
        this.gate = new AuthenticationGate(context);
        this.checks = new RequestChecks(context);
        this.guard = guard;
        this.door = new Doorkeeper(context, guard, overload);
    }

    @Override
    public void onMessage(SipMessage message, Peer peer) {
        context.counters().count(Counters.Name.RECEIVED);
        if (message instanceof SipRequest request) {
            onRequest(request, peer);
        } else {
            context.transactions().onResponse((SipResponse) message);
        }
    }

    private void onRequest(SipRequest request, Peer peer) {
        Transactions.Match match = context.transactions().match(request);
        if (match == Transactions.Match.ABSORBED) {
            return;
        }
        if (request.method().equals("ACK")) {
            context.dialogs()
                    .of(request)
                    .ifPresentOrElse(dialog -> dialog.onAck(request, peer), () -> onStrayAck(request));
            return;
        }
        Optional<RequestChecks.Refusal> refusal = door.refusal(request, peer);
        if (refusal.isPresent()) {
            RequestChecks.Refusal why = refusal.get();
            answerWithoutState(request, peer, why.status(), why.reason(), why.headers());
        } else if (gate.refuses(request, peer)) {
            return;
        } else if (request.method().equals("INVITE")) {
            onInvite(context.transactions().invite(request, peer));
        } else {
            onOther(request, peer);
        }
    }

    private void onOther(SipRequest request, Peer peer) {
        NonInviteServerTransaction transaction = context.transactions().nonInvite(request, peer);
        boolean served = context.guarded(() -> onOther(transaction));
        if (!served && transaction.open()) {
            respond(transaction, 500, "Server Internal Error", List.of());
        } else if (transaction.open()) {
            transaction.answerLater(() -> context.trying(request, peer));
        }
    }

    private void onStrayAck(SipRequest ack) {
        if (!gate.ownsAck(ack)) {
            context.counters().count(Counters.Name.DROPPED_STRAY_ACK);
        }
    }

    private void onInvite(InviteServerTransaction transaction) {
        if (refused(transaction)) {
            return;
        }
        Optional<RequestChecks.Refusal> refusal = SessionTimerAnswer.refusal(
                transaction.request(), context.settings().sessionTimers());
        if (!transaction.request().initial()) {
            inDialog(transaction);
        } else if (refusal.isPresent()) {
            refuse(transaction, refusal.get());
        } else {
            InviteAnswer answer = new InviteAnswer(context, transaction, Optional.empty());
            answer.trying();
            if (!context.guarded(() -> application.onInvite(answer))) {
                answer.reject(500, "Server Internal Error");
            }
        }
    }

    private void onOther(NonInviteServerTransaction transaction) {
        SipRequest request = transaction.request();
        if (refused(transaction)) {
            return;
        }
        if (request.method().equals("CANCEL")) {
            onCancel(transaction);
            return;
        }
        Optional<Dialog> dialog = context.dialogs().of(request);
        if (dialog.isPresent() && !dialog.get().inOrder(transaction)) {
            return;
        }
        if (request.method().equals("OPTIONS")) {
            onOptions(transaction);
        } else if (dialog.isPresent()) {
            dialog.get().onRequest(transaction);
        } else if (context.dialogs().early(request).isPresent() || Methods.inDialogOnly(request)) {
            inEarlyDialog(transaction);
        } else {
            refuse(transaction, Methods.refusal(request));
        }
    }

    private boolean refused(ServerTransaction transaction) {
        Optional<RequestChecks.Refusal> refusal = checks.check(transaction);
        refusal.ifPresent(why -> refuse(transaction, why));
        return refusal.isPresent();
    }

    private void refuse(ServerTransaction transaction, RequestChecks.Refusal why) {
        respond(transaction, why.status(), why.reason(), why.headers());
    }

    private void inDialog(ServerTransaction transaction) {
        context.dialogs()
                .of(transaction.request())
                .ifPresentOrElse(dialog -> inDialog(dialog, transaction), () -> inEarlyDialog(transaction));
    }

    private void inEarlyDialog(ServerTransaction transaction) {
        context.dialogs()
                .early(transaction.request())
                .ifPresentOrElse(
                        dialog -> dialog.onRequest(transaction),
                        () -> respond(transaction, 481, "Call/Transaction Does Not Exist", List.of()));
    }

    private static void inDialog(Dialog dialog, ServerTransaction transaction) {
        if (dialog.inOrder(transaction)) {
            dialog.onRequest(transaction);
        }
    }

    /** CANCEL gets its own answer first, with the To tag of the INVITE's (RFC 3261 section 9.2). */
    private void onCancel(ServerTransaction cancel) {
        Optional<InviteServerTransaction> invite = context.transactions().cancelled(cancel.request());
        if (invite.isEmpty()) {
            respond(cancel, 481, "Call/Transaction Does Not Exist", List.of());
            return;
        }
        Optional<InviteServerTransaction.CancelListener> listener = invite.get().cancelListener();
        String tag = listener.map(InviteServerTransaction.CancelListener::toTag)
                .orElseGet(() -> invite.get().toTag(context.ids()::tag));
        respond(cancel, 200, "OK", tag, List.of());
        listener.ifPresent(answer -> answer.onCancel(cancel.request()));
    }

    private void onOptions(ServerTransaction transaction) {
        OptionsAnswer answer = optionsAnswer(transaction);
        List<Header> headers = new ArrayList<>(answer.headers());
        if (answer.status() < 300) { // a refusal stays about as small as the request: the source may be forged
            headers.add(context.contact(transaction.request(), transaction.source()));
            headers.add(Methods.ALLOW);
            headers.add(
                    new Header("Accept", String.join(", ", context.settings().acceptedTypes())));
            headers.add(new Header("Accept-Encoding", "identity"));
            headers.add(new Header("Accept-Language", "en"));
            headers.add(context.supported());
        }
        respond(transaction, answer.status(), answer.reason(), headers);
    }

    /** What an INVITE would get: one in a dialog goes on when new ones get 503. */
    private OptionsAnswer optionsAnswer(ServerTransaction transaction) {
        SipRequest request = transaction.request();
        Optional<Unavailable> unavailable = request.initial() ? door.unavailable() : Optional.empty();
        if (unavailable.isPresent()) {
            return new OptionsAnswer(
                    503, unavailable.get().reason(), unavailable.get().headers());
        }
        try {
            return application.onOptions(request, transaction.source().source());
        } catch (RuntimeException | Error e) {
            context.counters().count(Counters.Name.LOOP_ERRORS);
            context.log().write(Level.ERROR, "the application failed to answer OPTIONS", e);
            return new OptionsAnswer(500, "Server Internal Error", List.of());
        }
    }

    private void respond(ServerTransaction transaction, int status, String reason, List<Header> headers) {
        respond(transaction, status, reason, transaction.toTag(context.ids()::tag), headers);
    }

    private void respond(ServerTransaction transaction, int status, String reason, String tag, List<Header> headers) {
        Peer source = transaction.source();
        transaction.respond(
                status, context.response(transaction.request(), source, status, reason, tag, headers, SipBody.none()));
    }

    @Override
    public void onMalformed(SipParseException fault, Peer peer) {
        context.counters().count(Counters.Name.PARSE_ERRORS);
        if (guard.forbids(peer.remote().getAddress())) {
            return;
        }
        context.peers()
                .write(
                        Level.INFO,
                        peer.remote().getAddress(),
                        "bad message from {} over {}: {}",
                        peer.remote(),
                        peer.transport(),
                        fault.getMessage());
        if (fault.status() == 513 && peer.transport() == Transport.UDP) {
            context.counters().count(Counters.Name.DROPPED_OVERSIZE);
            return;
        }
        Optional<SipRequest> request = fault.request().filter(UserAgent::answerable);
        if (request.isEmpty()) {
            context.counters().count(Counters.Name.DROPPED_GARBAGE);
            return;
        }
        answerWithoutState(request.get(), peer, fault.status(), fault.getMessage(), List.of());
    }

    private static boolean answerable(SipRequest request) {
        try {
            request.topVia();
        } catch (IllegalStateException e) {
            return false;
        }
        return !request.method().equals("ACK");
    }

    private void answerWithoutState(SipRequest request, Peer peer, int status, String reason, List<Header> headers) {
        byte[] response = context.response(
                request, peer, status, reason, context.ids().tagWithoutState(request), headers, SipBody.none());
        context.transactions().pathOf(request, peer).send(response);
    }

    /** Answers a request, if it takes an answer, that there is no room for. */
    public void refuseOverloaded(SipRequest request, Peer peer) {
        if (!request.method().equals("ACK")) {
            RequestChecks.Refusal why = Doorkeeper.WORK_WAITS;
            answerWithoutState(request, peer, why.status(), why.reason(), why.headers());
        }
    }

    @Override
    public void onClosed(Peer peer, String reason) {
        context.transactions().onClosed(peer, reason);
    }

    /** Sends a prepared INVITE. */
    public void invite(Call call) {
        call.outgoing.start();
    }

    /** A call that is not on its way yet. Any thread. */
    public Call prepare(ClientInvite invite, ClientCallListener listener, String callId) {
        return new Call(new OutgoingCall(context, calls, invite, listener, callId));
    }

    /** A prepared call. */
    public static final class Call {
        private final OutgoingCall outgoing;

        private Call(OutgoingCall outgoing) {
            this.outgoing = outgoing;
        }

        /** What the application holds. */
        public ClientCall handle() {
            return outgoing;
        }
    }

    /** Publishes what changes by itself. */
    public void publishGauges() {
        context.counters().set(Counters.Name.MERGE_KEYS, context.transactions().mergeCount());
        context.counters().set(Counters.Name.OUTGOING_CALLS, calls.size());
        gate.publishGauges();
        door.publishGauges();
    }

    /** The sockets are about to close. */
    public void close() {
        calls.failAll("endpoint closed");
        context.dialogs().endAll(new DialogEnd(DialogEnd.Cause.ENDPOINT_CLOSED, Optional.empty()));
    }
}
