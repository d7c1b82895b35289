package io.siprec.sip.internal.group;

import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.transport.NetworkListener;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipRequest;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Brings what the sockets of one loop, its home, deliver to the loop that owns the Call-ID. Each loop's queue keeps the order,
 * so the messages of a call that come by one way stay in it. Loop thread of the home only.
 */
final class Switchboard implements NetworkListener {
    private final LoopGroup group;
    private final Map<Peer, Map<Member, LentConnection>> lent = new IdentityHashMap<>(); // as many as connections
    private Member home;

    Switchboard(LoopGroup group) {
        this.group = group;
    }

    /** Sets the home, which needs the switchboard first. */
    void connect(Member member) {
        home = member;
    }

    @Override
    public void onMessage(SipMessage message, Peer peer) {
        Member owner = group.owner(message.callId());
        if (owner == home) {
            home.userAgent().onMessage(message, peer);
        } else if (handOver(message, peer, owner)) {
            home.counters().count(Counters.Name.HANDED_OVER);
        } else {
            refuse(message, peer);
        }
    }

    private boolean handOver(SipMessage message, Peer peer, Member owner) {
        if (peer.transport().reliable()) {
            LentConnection connection = lend(peer, owner);
            return owner.loop().execute(() -> owner.userAgent().onMessage(message, connection));
        }
        return owner.loop().execute(() -> owner.onDatagram(message, peer.local(), peer.remote()));
    }

    /** One object for each connection and borrower: transactions and dialogs know a connection by its identity. */
    private LentConnection lend(Peer connection, Member borrower) {
        LentConnection loan = lent.computeIfAbsent(connection, key -> new HashMap<>())
                .computeIfAbsent(borrower, key -> new LentConnection(connection, home, borrower));
        home.counters().set(Counters.Name.LENT_CONNECTIONS, lent.size());
        return loan;
    }

    /** The owner's queue is full. A datagram comes again; over a connection nothing does, so the sender is told. */
    private void refuse(SipMessage message, Peer peer) {
        home.counters().count(Counters.Name.DROPPED_HAND_OVER);
        if (peer.transport().reliable() && message instanceof SipRequest request) {
            home.userAgent().refuseOverloaded(request, peer);
        }
    }

    /** What can't be read belongs to nobody: it is answered without state, here. */
    @Override
    public void onMalformed(SipParseException fault, Peer peer) {
        home.userAgent().onMalformed(fault, peer);
    }

    @Override
    public void onClosed(Peer peer, String reason) {
        home.userAgent().onClosed(peer, reason);
        Map<Member, LentConnection> loans = lent.remove(peer);
        if (loans != null) {
            home.counters().set(Counters.Name.LENT_CONNECTIONS, lent.size());
            loans.forEach((borrower, connection) -> {
                connection.lost();
                borrower.handOver(() -> borrower.userAgent().onClosed(connection, reason), home);
            });
        }
    }
}
