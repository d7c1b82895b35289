package io.siprec.sip.internal.transaction;

import io.siprec.sip.SipTimers;
import io.siprec.sip.internal.loop.Counters;
import io.siprec.sip.internal.loop.LimitedLog;
import io.siprec.sip.internal.loop.Scheduler;
import io.siprec.sip.internal.transport.Network;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** All transactions of a loop, by name. Retransmissions end here. Loop thread only. */
public final class Transactions {
    private final Scheduler scheduler;
    private final SipTimers timers;
    private final int limit;
    private final int maxDatagramBytes;
    private final Network network;
    private final Counters counters;
    private final LimitedLog log;
    private final Map<String, ServerTransaction> servers = new HashMap<>();
    private final Map<String, ClientTransaction> clients = new HashMap<>();
    private final Map<String, ServerTransaction> merges = new HashMap<>();
    private SipRequest named; // the last request that a server transaction was looked up for
    private String name;

    /**
     * An empty table.
     *
     * @param limit of transactions of each side, for all loops together
     * @param maxDatagramBytes of a request of ours
     */
    public Transactions(
            Scheduler scheduler,
            SipTimers timers,
            int limit,
            int maxDatagramBytes,
            Network network,
            Counters counters) {
        this.scheduler = scheduler;
        this.timers = timers;
        this.limit = limit;
        this.maxDatagramBytes = maxDatagramBytes;
        this.network = network;
        this.counters = counters;
        this.log = new LimitedLog(LoggerFactory.getLogger(Transactions.class), scheduler::nanoTime);
    }

    /** What became of a request. */
    public enum Match {
        /** No transaction has it yet. */
        NEW,
        /** A retransmission or an ACK that its transaction has taken. */
        ABSORBED,
        /** An ACK with the branch of an accepted INVITE: the dialog's. */
        ACK_OF_SUCCESS
    }

    /** Gives a request to the transaction that it belongs to, if there is one. */
    public Match match(SipRequest request) {
        ServerTransaction transaction = servers.get(keyOf(request));
        if (transaction == null) {
            return Match.NEW;
        }
        countRepeated(request.method());
        return transaction.onRequest(request) ? Match.ACK_OF_SUCCESS : Match.ABSORBED;
    }

    private void countRepeated(String method) {
        switch (method) {
            case "ACK" -> {} // the first of its transaction, most of the time
            case "INVITE" -> counters.count(Counters.Name.REPEATED_INVITES);
            case "BYE" -> counters.count(Counters.Name.REPEATED_BYES);
            default -> counters.count(Counters.Name.REPEATED_OTHER_REQUESTS);
        }
    }

    /** A request that is no retransmission asks twice in a row. */
    private String keyOf(SipRequest request) {
        if (request != named) {
            named = request;
            name = TransactionKeys.server(request);
        }
        return name;
    }

    /** Whether there is room for one more server transaction. */
    public boolean full() {
        return counters.total(Counters.Name.SERVER_TRANSACTIONS) >= limit;
    }

    /** Makes the transaction of a new INVITE. */
    public InviteServerTransaction invite(SipRequest request, Peer source) {
        return added(new InviteServerTransaction(this, keyOf(request), request, source));
    }

    /** Makes the transaction of another new request. */
    public NonInviteServerTransaction nonInvite(SipRequest request, Peer source) {
        return added(new NonInviteServerTransaction(this, keyOf(request), request, source));
    }

    private <T extends ServerTransaction> T added(T transaction) {
        servers.put(transaction.key(), transaction);
        publish();
        return transaction;
    }

    /**
     * Whether the same request came by another way before (RFC 3261 section 8.2.2.2): no To tag, and From tag, Call-ID and
     * CSeq of a transaction that is still there.
     */
    public boolean merged(ServerTransaction transaction) {
        SipRequest request = transaction.request();
        if (!request.initial() || request.from().tag().isEmpty()) {
            return false;
        }
        String key = request.from().tag().orElseThrow() + ' ' + request.cseq() + ' ' + request.callId();
        ServerTransaction first = merges.putIfAbsent(key, transaction);
        if (first == null) {
            transaction.mergeKey(key);
        }
        return first != null;
    }

    /** The INVITE transaction that a CANCEL is about. */
    public Optional<InviteServerTransaction> cancelled(SipRequest cancel) {
        return servers.get(TransactionKeys.server(cancel, "INVITE")) instanceof InviteServerTransaction invite
                ? Optional.of(invite)
                : Optional.empty();
    }

    /** The way back for an answer that makes no transaction. */
    public ResponsePath pathOf(SipRequest request, Peer source) {
        return new ResponsePath(this, request, source);
    }

    /** The way by TCP of a request that is too large for its datagram (section 18.1.1). */
    public Optional<Way> byTcp(Way way) {
        return way.byTcp(network, maxDatagramBytes);
    }

    /** Sends an INVITE. */
    public InviteClientTransaction sendInvite(SipRequest request, Peer peer, ClientTransactionListener listener) {
        InviteClientTransaction transaction = new InviteClientTransaction(this, request, peer, listener);
        start(transaction);
        return transaction;
    }

    /** Sends another request. */
    public void sendNonInvite(SipRequest request, Peer peer, ClientTransactionListener listener) {
        start(new NonInviteClientTransaction(this, request, peer, listener));
    }

    private void start(ClientTransaction transaction) {
        if (counters.total(Counters.Name.CLIENT_TRANSACTIONS) >= limit) {
            counters.count(Counters.Name.DROPPED_TRANSACTION_LIMIT);
            ClientTransactionListener listener = transaction.listener();
            scheduler.schedule(
                    java.time.Duration.ZERO,
                    () -> listener.onTransportError("over the limit of " + limit + " transactions"));
            return;
        }
        clients.put(TransactionKeys.client(transaction.request()), transaction);
        publish();
        transaction.start();
    }

    /** A response: to its transaction, or nowhere. More than one Via means that it is not ours (section 8.1.3.3). */
    public void onResponse(SipResponse response) {
        ClientTransaction transaction = clients.get(TransactionKeys.client(response));
        if (transaction == null || response.values("Via").size() > 1) {
            counters.count(Counters.Name.DROPPED_STRAY_RESPONSE);
            return;
        }
        transaction.onResponse(response);
    }

    /** A connection ended: requests that wait for an answer on it fail. */
    public void onClosed(Peer peer, String reason) {
        List<ClientTransaction> affected = new ArrayList<>();
        for (ClientTransaction transaction : clients.values()) {
            if (transaction.peer() == peer) {
                affected.add(transaction);
            }
        }
        affected.forEach(transaction -> transaction.onTransportError(reason));
    }

    void onNoWay(IOException cause) {
        log.write(Level.WARN, "no way back for a response: {}", cause.getMessage());
    }

    void remove(ServerTransaction transaction) {
        servers.remove(transaction.key(), transaction);
        publish();
        if (transaction.mergeKey() != null) {
            merges.remove(transaction.mergeKey());
        }
    }

    void remove(ClientTransaction transaction) {
        clients.remove(TransactionKeys.client(transaction.request()), transaction);
        publish();
    }

    /** At each change: other loops hold the limit against it. */
    private void publish() {
        counters.set(Counters.Name.SERVER_TRANSACTIONS, servers.size());
        counters.set(Counters.Name.CLIENT_TRANSACTIONS, clients.size());
    }

    /** Open server transactions of all loops. */
    public int serverCount() {
        return (int) counters.total(Counters.Name.SERVER_TRANSACTIONS);
    }

    /** Keys by which merged requests are found. */
    public int mergeCount() {
        return merges.size();
    }

    Scheduler scheduler() {
        return scheduler;
    }

    SipTimers timers() {
        return timers;
    }

    Network network() {
        return network;
    }

    Counters counters() {
        return counters;
    }
}
