package io.siprec.sip.internal.transaction;

import io.siprec.sip.internal.transaction.InviteClientState.Input;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.CSeq;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.time.Duration;

/** INVITE client transaction (RFC 3261 section 17.1.1, RFC 6026 section 7.2): sends, sets timers, writes the ACK of a refusal. */
public final class InviteClientTransaction extends ClientTransaction {
    private static final Duration TIMER_D = Duration.ofSeconds(32);

    private InviteClientState state = InviteClientState.CALLING;
    private byte[] ack;

    InviteClientTransaction(Transactions table, SipRequest request, Peer peer, ClientTransactionListener listener) {
        super(table, request, peer, listener);
    }

    @Override
    Duration nextInterval(Duration interval) {
        return interval.plus(interval);
    }

    @Override
    void onGiveUp() {
        InviteClientState before = state;
        state = state.on(Input.TIMER_B);
        if (state != before) {
            end();
            listener().onTimeout();
        }
    }

    /** Ends an INVITE that got no final response, not even to its CANCEL (RFC 3261 section 9.1). False when it has ended. */
    public boolean abandon() {
        boolean open = state == InviteClientState.CALLING || state == InviteClientState.PROCEEDING;
        if (open) {
            state = InviteClientState.TERMINATED;
            end();
        }
        return open;
    }

    @Override
    void onResponse(SipResponse response) {
        arrived();
        InviteClientState before = state;
        if (response.provisional()) {
            onProvisional(response);
        } else if (response.success()) {
            onSuccess(response, before);
        } else {
            onRefusal(response, before);
        }
    }

    private void onProvisional(SipResponse response) {
        state = state.on(Input.RECEIVED_1XX);
        if (state == InviteClientState.PROCEEDING) {
            stopRepeating();
            stopLife();
            listener().onResponse(response);
        }
    }

    private void onSuccess(SipResponse response, InviteClientState before) {
        state = state.on(Input.RECEIVED_2XX);
        if (state != InviteClientState.ACCEPTED) {
            return;
        }
        if (before != InviteClientState.ACCEPTED) {
            stopRepeating();
            endAfter(table.timers().giveUp(), () -> state = state.on(Input.TIMER_M));
        }
        listener().onResponse(response);
    }

    private void onRefusal(SipResponse response, InviteClientState before) {
        state = state.on(Input.RECEIVED_300_699);
        if (state != InviteClientState.COMPLETED) {
            return;
        }
        if (before == InviteClientState.COMPLETED) {
            table.counters().retransmissionReceived(peer());
            peer().send(ack);
            return;
        }
        stopRepeating();
        ack = ack(response);
        peer().send(ack);
        endAfter(peer().transport().reliable() ? Duration.ZERO : TIMER_D, () -> state = state.on(Input.TIMER_D));
        listener().onResponse(response);
    }

    /** The ACK of a response of 300 to 699 belongs to the transaction: same branch, same route (section 17.1.1.3). */
    private byte[] ack(SipResponse response) {
        SipRequest invite = request();
        return SipRequest.builder("ACK", invite.uri())
                .header("Via", invite.topVia())
                .header("Max-Forwards", "70")
                .header("From", invite.from())
                .header("To", response.to())
                .copy(invite, "Call-ID")
                .header("CSeq", new CSeq(invite.cseq().number(), "ACK"))
                .copy(invite, "Route")
                .toBytes();
    }

    @Override
    void onTransportError(String reason) {
        if (fellBack()) {
            return;
        }
        InviteClientState before = state;
        state = state.on(Input.TRANSPORT_ERROR);
        if (state != InviteClientState.TERMINATED) {
            return;
        }
        end();
        if (before == InviteClientState.CALLING || before == InviteClientState.PROCEEDING) {
            listener().onTransportError(reason);
        }
    }
}
