package io.siprec.sip.internal.dialog;

import io.siprec.sip.PrackListener;
import io.siprec.sip.Timer;
import io.siprec.sip.internal.dialog.ReliableState.Input;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.transaction.InviteServerTransaction;
import io.siprec.sip.internal.transaction.ServerTransaction;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.RAck;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Sends the reliable provisional responses to one INVITE, one after the other, each until its PRACK comes (RFC 3262 section
 * 3). Loop thread only.
 */
final class ReliableProvisionals {
    private static final int MAX_QUEUED = 8;

    private final Context context;
    private final InviteServerTransaction transaction;
    private final String toTag;
    private final Runnable onNoPrack;
    private final Queue<Provisional> queued = new ArrayDeque<>(2);
    private ReliableState state = ReliableState.READY;
    private Provisional sent; // the last one; null before the first
    private long nextRSeq;
    private long rseq; // of the last one
    private Runnable success; // the 2xx that waits; null while none does
    private Timer repeat;
    private Timer giveUp;

    private record Provisional(int status, String reason, List<Header> headers, SipBody body, PrackListener listener) {
        boolean describesSession() {
            return Offers.in(body);
        }
    }

    ReliableProvisionals(Context context, InviteServerTransaction transaction, String toTag, Runnable onNoPrack) {
        this.context = context;
        this.transaction = transaction;
        this.toTag = toTag;
        this.onNoPrack = onNoPrack;
        this.nextRSeq = context.ids().firstRSeq();
    }

    void send(int status, String reason, List<Header> headers, SipBody body, PrackListener listener) {
        if (queued.size() == MAX_QUEUED) {
            throw new IllegalStateException(MAX_QUEUED + " provisional responses wait for the PRACK of another");
        }
        queued.add(new Provisional(status, reason, headers, body, listener));
        sendNext();
    }

    private void sendNext() {
        if (state != ReliableState.READY || queued.isEmpty()) {
            return;
        }
        sent = queued.remove();
        rseq = nextRSeq++;
        state = state.on(Input.SENT);
        byte[] response = response();
        Duration t1 = context.settings().timers().t1();
        giveUp = context.scheduler().schedule(context.settings().timers().giveUp(), this::onGiveUp);
        repeatAfter(t1, response);
        transaction.respond(sent.status(), response);
    }

    private byte[] response() {
        List<Header> headers = new ArrayList<>(sent.headers());
        headers.add(new Header("Require", OptionTags.RELIABLE_PROVISIONAL));
        headers.add(new Header("RSeq", Long.toString(rseq)));
        return context.response(
                transaction.request(), transaction.source(), sent.status(), sent.reason(), toTag, headers, sent.body());
    }

    /** From T1, doubling without a limit but the end, over every transport: the way of a PRACK has many hops. */
    private void repeatAfter(Duration interval, byte[] response) {
        repeat = context.scheduler().schedule(interval, () -> {
            context.counters().count(Counters.Name.RETRANSMISSIONS_SENT);
            transaction.path().send(response);
            repeatAfter(interval.multipliedBy(2), response);
        });
    }

    private void onGiveUp() {
        stopTimers();
        state = state.on(Input.NO_PRACK);
        queued.clear();
        onNoPrack.run();
    }

    /** Answers a PRACK: 200 for the response that was sent last, 481 for any other (section 3). */
    void onPrack(ServerTransaction prack) {
        Optional<RAck> rack = prack.request().header("RAck", RAck::parse);
        if (rack.isEmpty()) {
            answer(prack, 400, "Missing Or Bad RAck header", SipBody.none());
        } else if (sent == null || !names(rack.get())) {
            answer(prack, 481, "Call/Transaction Does Not Exist", SipBody.none());
        } else {
            acknowledged(prack);
        }
    }

    private boolean names(RAck rack) {
        return rack.rseq() == rseq && rack.cseq().equals(transaction.request().cseq());
    }

    private void acknowledged(ServerTransaction prack) {
        stopTimers();
        PrackListener listener = sent.listener();
        sent = null;
        state = state.on(Input.PRACK);
        SipBody[] body = {SipBody.none()};
        boolean taken = context.guarded(
                () -> body[0] = listener.onPrack(prack.request()).orElseGet(SipBody::none));
        answer(prack, taken ? 200 : 500, taken ? "OK" : "Server Internal Error", body[0]);
        sendNext();
        releaseSuccess();
    }

    private void answer(ServerTransaction prack, int status, String reason, SipBody body) {
        SipRequest request = prack.request();
        prack.respond(status, context.response(request, prack.source(), status, reason, toTag, List.of(), body));
    }

    /** Whether a response that describes the session has no PRACK yet: the 2xx may not overtake it (section 3). */
    boolean holdsSuccess() {
        return state == ReliableState.WAITING && sent.describesSession()
                || queued.stream().anyMatch(Provisional::describesSession);
    }

    /** Runs {@code sendSuccess} once nothing holds it any more. */
    void whenAcknowledged(Runnable sendSuccess) {
        success = sendSuccess;
    }

    private void releaseSuccess() {
        if (success != null && !holdsSuccess()) {
            Runnable send = success;
            finish();
            send.run();
        }
    }

    /** The INVITE gets its final response: what was not sent is not sent any more, and nothing is repeated. */
    void finish() {
        stopTimers();
        queued.clear();
        success = null;
        state = state.on(Input.FINAL);
    }

    private void stopTimers() {
        if (repeat != null) {
            repeat.cancel();
            giveUp.cancel();
        }
    }
}
