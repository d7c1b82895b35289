package io.siprec.sip.internal.transaction;

import io.siprec.sip.internal.transaction.NonInviteServerState.Input;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipRequest;
import java.time.Duration;

/** Non-INVITE server transaction (RFC 3261 section 17.2.2): sends and sets timer J. */
public final class NonInviteServerTransaction extends ServerTransaction {
    private NonInviteServerState state = NonInviteServerState.TRYING;

    NonInviteServerTransaction(Transactions table, String key, SipRequest request, Peer source) {
        super(table, key, request, source);
    }

    @Override
    public void respond(int status, byte[] response) {
        if (status < 200 || !open()) {
            throw new IllegalStateException("one final response only");
        }
        state = state.on(Input.SENT_FINAL);
        send(response);
        boolean reliable = source().transport().reliable();
        after(reliable ? Duration.ZERO : table.timers().giveUp(), this::onTimerJ);
    }

    private void onTimerJ() {
        state = state.on(Input.TIMER_J);
        table.remove(this);
    }

    @Override
    boolean onRequest(SipRequest repeated) {
        table.counters().retransmissionReceived(source());
        if (state == NonInviteServerState.COMPLETED) {
            resend();
        }
        return false;
    }

    @Override
    public boolean open() {
        return state == NonInviteServerState.TRYING;
    }
}
