package io.siprec.sip.internal.transaction;

import io.siprec.sip.internal.transaction.NonInviteClientState.Input;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.time.Duration;

/** Non-INVITE client transaction (RFC 3261 section 17.1.2). */
public final class NonInviteClientTransaction extends ClientTransaction {
    private NonInviteClientState state = NonInviteClientState.TRYING;

    NonInviteClientTransaction(Transactions table, SipRequest request, Peer peer, ClientTransactionListener listener) {
        super(table, request, peer, listener);
    }

    @Override
    Duration nextInterval(Duration interval) {
        return state == NonInviteClientState.PROCEEDING ? table.timers().t2() : Backoff.next(interval, table.timers());
    }

    @Override
    void onGiveUp() {
        state = state.on(Input.TIMER_F);
        end();
        listener().onTimeout();
    }

    @Override
    void onResponse(SipResponse response) {
        arrived();
        NonInviteClientState before = state;
        state = state.on(response.provisional() ? Input.RECEIVED_1XX : Input.RECEIVED_FINAL);
        if (before == NonInviteClientState.COMPLETED) {
            table.counters().retransmissionReceived(peer());
            return;
        }
        if (state == NonInviteClientState.COMPLETED) {
            stopRepeating();
            Duration t4 = peer().transport().reliable()
                    ? Duration.ZERO
                    : table.timers().t4();
            endAfter(t4, () -> state = state.on(Input.TIMER_K));
        }
        listener().onResponse(response);
    }

    @Override
    void onTransportError(String reason) {
        if (fellBack()) {
            return;
        }
        NonInviteClientState before = state;
        state = state.on(Input.TRANSPORT_ERROR);
        if (state == NonInviteClientState.TERMINATED && before != state) {
            end();
            listener().onTransportError(reason);
        }
    }
}
