package io.siprec.sip.internal.transaction;

import io.siprec.sip.Timer;
import io.siprec.sip.internal.transaction.InviteServerState.Input;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipRequest;
import java.time.Duration;
import java.util.Optional;

/** INVITE server transaction (RFC 3261 section 17.2.1, RFC 6026 section 7.1): sends and sets the timers. */
public final class InviteServerTransaction extends ServerTransaction {
    private InviteServerState state = InviteServerState.PROCEEDING;
    private Timer timerG;
    private Timer timerH;
    private CancelListener cancelListener;

    /** Who answers the INVITE, and so ends it when a CANCEL comes. */
    public interface CancelListener {
        /** The tag in all answers to the INVITE and to its CANCEL. */
        String toTag();

        /** The CANCEL was answered: answer the INVITE with 487 if it still waits. */
        void onCancel(SipRequest cancel);
    }

    InviteServerTransaction(Transactions table, String key, SipRequest request, Peer source) {
        super(table, key, request, source);
    }

    @Override
    public void respond(int status, byte[] response) {
        if (state != InviteServerState.PROCEEDING) {
            throw new IllegalStateException("INVITE was answered already");
        }
        if (status < 200) {
            send(response);
        } else if (status < 300) {
            accepted(response);
        } else {
            completed(response);
        }
    }

    /** The 2xx is the dialog's to repeat; here INVITEs that come again only have to end. */
    private void accepted(byte[] response) {
        state = state.on(Input.SENT_2XX);
        send(response);
        forgetResponse();
        after(table.timers().giveUp(), () -> end(Input.TIMER_L));
    }

    private void completed(byte[] response) {
        state = state.on(Input.SENT_300_699);
        send(response);
        timerH = after(table.timers().giveUp(), () -> end(Input.TIMER_H));
        if (!source().transport().reliable()) {
            Duration t1 = table.timers().t1();
            timerG = after(t1, () -> onTimerG(t1));
        }
    }

    private void onTimerG(Duration interval) {
        resend();
        Duration next = Backoff.next(interval, table.timers());
        timerG = after(next, () -> onTimerG(next));
    }

    @Override
    boolean onRequest(SipRequest repeated) {
        if (repeated.method().equals("ACK")) {
            return onAck();
        }
        table.counters().retransmissionReceived(source());
        if (state == InviteServerState.PROCEEDING || state == InviteServerState.COMPLETED) {
            resend();
        }
        return false;
    }

    private boolean onAck() {
        if (state == InviteServerState.ACCEPTED) {
            return true;
        }
        if (state == InviteServerState.COMPLETED) {
            state = state.on(Input.ACK);
            cancelTimers();
            forgetResponse();
            boolean reliable = source().transport().reliable();
            after(reliable ? Duration.ZERO : table.timers().t4(), () -> end(Input.TIMER_I));
        }
        return false;
    }

    private void cancelTimers() {
        timerH.cancel();
        if (timerG != null) {
            timerG.cancel();
        }
    }

    private void end(Input input) {
        state = state.on(input);
        if (timerG != null) {
            timerG.cancel();
        }
        table.remove(this);
    }

    /** The INVITE that comes again on a new connection must still meet its transaction. */
    @Override
    void onTransportError() {
        state = state.on(Input.TRANSPORT_ERROR);
    }

    /** Sets who is told of a CANCEL. */
    public void cancelListener(CancelListener value) {
        cancelListener = value;
    }

    /** Who is told of a CANCEL; empty when the stack itself refused the INVITE. */
    public Optional<CancelListener> cancelListener() {
        return Optional.ofNullable(cancelListener);
    }

    @Override
    public boolean open() {
        return state == InviteServerState.PROCEEDING;
    }
}
