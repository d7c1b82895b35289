package io.siprec.sip.internal.transaction;

import io.siprec.sip.SipTimers;
import io.siprec.sip.Timer;
import io.siprec.sip.internal.transaction.NonInviteServerState.Input;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipRequest;
import java.time.Duration;
import java.util.function.Supplier;

/** Non-INVITE server transaction (RFC 3261 section 17.2.2, RFC 4320 section 4): sends and sets the timers. */
public final class NonInviteServerTransaction extends ServerTransaction {
    private NonInviteServerState state = NonInviteServerState.TRYING;
    private Timer wait; // until the late 100, then until it is too late; later timer J
    private Runnable onTooLate = () -> {};

    NonInviteServerTransaction(Transactions table, String key, SipRequest request, Peer source) {
        super(table, key, request, source);
    }

    /**
     * The answer does not come at once: a 100 goes out when the client's timer E has reached T2 and not before (RFC 4320
     * section 4.1), and after 64*T1 the transaction ends without an answer, as no client waits for it (section 4.2).
     */
    public void answerLater(Supplier<byte[]> trying) {
        Duration untilLate = timeToT2(table.timers());
        wait = after(untilLate, () -> {
            state = state.on(Input.SENT_100);
            wait = after(table.timers().giveUp().minus(untilLate), this::onTooLate);
            send(trying.get());
        });
    }

    /** When timer E of a client is set to T2 for the first time: 3.5 s with the values of RFC 3261. */
    static Duration timeToT2(SipTimers timers) {
        Duration interval = timers.t1();
        Duration sum = Duration.ZERO;
        while (interval.compareTo(timers.t2()) < 0) {
            sum = sum.plus(interval);
            interval = Backoff.next(interval, timers);
        }
        return sum;
    }

    /** Sets what runs when the transaction ends without an answer. */
    public void onTooLate(Runnable listener) {
        onTooLate = listener;
    }

    private void onTooLate() {
        end(Input.TOO_LATE);
        onTooLate.run();
    }

    @Override
    public void respond(int status, byte[] response) {
        if (status < 200 || !open()) {
            throw new IllegalStateException("one final response only");
        }
        if (status == 408) {
            throw new IllegalArgumentException("no 408 to a request other than INVITE (RFC 4320 section 4.2)");
        }
        if (wait != null) {
            wait.cancel();
        }
        state = state.on(Input.SENT_FINAL);
        boolean reliable = source().transport().reliable();
        wait = after(reliable ? Duration.ZERO : table.timers().giveUp(), () -> end(Input.TIMER_J));
        send(response);
    }

    private void end(Input input) {
        state = state.on(input);
        if (state == NonInviteServerState.TERMINATED) {
            wait.cancel();
            table.remove(this);
        }
    }

    @Override
    boolean onRequest(SipRequest repeated) {
        table.counters().retransmissionReceived(source());
        if (state == NonInviteServerState.PROCEEDING || state == NonInviteServerState.COMPLETED) {
            resend();
        }
        return false;
    }

    @Override
    void onTransportError() {
        boolean unanswered = open();
        end(Input.TRANSPORT_ERROR);
        if (unanswered) {
            onTooLate.run();
        }
    }

    @Override
    public boolean open() {
        return state == NonInviteServerState.TRYING || state == NonInviteServerState.PROCEEDING;
    }
}
