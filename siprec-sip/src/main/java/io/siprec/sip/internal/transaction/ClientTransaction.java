package io.siprec.sip.internal.transaction;

import io.siprec.sip.Timer;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.time.Duration;

/** What both kinds of client transaction share. */
public abstract sealed class ClientTransaction permits InviteClientTransaction, NonInviteClientTransaction {
    final Transactions table;
    private final ClientTransactionListener listener;
    private Way way;
    private Way datagram; // while a request that is too large for one is tried by TCP
    private byte[] bytes;
    private Timer repeatTimer;
    private Timer lifeTimer;

    ClientTransaction(Transactions table, SipRequest request, Peer peer, ClientTransactionListener listener) {
        this.table = table;
        this.listener = listener;
        take(new Way(request, peer));
    }

    private void take(Way next) {
        way = next;
        bytes = next.request().toBytes();
    }

    /** The request. */
    public SipRequest request() {
        return way.request();
    }

    /** Where the request was sent. */
    public Peer peer() {
        return way.peer();
    }

    final ClientTransactionListener listener() {
        return listener;
    }

    /** Sends the request; over datagrams again and again. */
    final void start() {
        lifeTimer = table.scheduler().schedule(table.timers().giveUp(), this::onGiveUp);
        table.byTcp(way).ifPresent(tcp -> {
            datagram = way;
            take(tcp);
        });
        transmit();
    }

    private void transmit() {
        if (!peer().transport().reliable()) {
            repeatAfter(table.timers().t1());
        }
        peer().send(bytes);
    }

    /** Whether what TCP did not take goes out as a datagram after all (RFC 3261 section 18.1.1). */
    final boolean fellBack() {
        if (datagram == null) {
            return false;
        }
        take(datagram);
        datagram = null;
        transmit();
        return true;
    }

    /** There was an answer: the way is right. */
    final void arrived() {
        datagram = null;
    }

    final void repeatAfter(Duration interval) {
        repeatTimer = table.scheduler().schedule(interval, () -> {
            table.counters().retransmissionSent(peer());
            peer().send(bytes);
            repeatAfter(nextInterval(interval));
        });
    }

    final void stopRepeating() {
        if (repeatTimer != null) {
            repeatTimer.cancel();
            repeatTimer = null;
        }
    }

    final void stopLife() {
        lifeTimer.cancel();
    }

    /** Ends the transaction after a delay: timers D, K and M. */
    final void endAfter(Duration delay, Runnable onTimer) {
        lifeTimer.cancel();
        lifeTimer = table.scheduler().schedule(delay, () -> {
            onTimer.run();
            end();
        });
    }

    final void end() {
        stopRepeating();
        if (lifeTimer != null) { // null when there was no room for the transaction
            lifeTimer.cancel();
        }
        table.remove(this);
    }

    abstract Duration nextInterval(Duration interval);

    abstract void onGiveUp();

    abstract void onResponse(SipResponse response);

    abstract void onTransportError(String reason);
}
