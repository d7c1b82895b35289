package io.siprec.sip.internal.transaction;

import io.siprec.sip.Timer;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipRequest;
import java.time.Duration;

/** What both kinds of server transaction share: their name, their way back, their last response. */
public abstract sealed class ServerTransaction permits InviteServerTransaction, NonInviteServerTransaction {
    final Transactions table;
    private final String key;
    private final ResponsePath path;
    private final SipRequest request;
    private byte[] lastResponse;
    private String mergeKey;

    ServerTransaction(Transactions table, String key, SipRequest request, Peer source) {
        this.table = table;
        this.key = key;
        this.request = request;
        this.path = new ResponsePath(table, request, source);
    }

    String key() {
        return key;
    }

    String mergeKey() {
        return mergeKey;
    }

    void mergeKey(String value) {
        mergeKey = value;
    }

    /** Where the responses go. */
    public ResponsePath path() {
        return path;
    }

    /** The request that made the transaction. */
    public SipRequest request() {
        return request;
    }

    /** Where the request came from. */
    public Peer source() {
        return path.source();
    }

    final void send(byte[] response) {
        lastResponse = response;
        path.send(response);
    }

    final void resend() {
        if (lastResponse != null) {
            table.counters().retransmissionSent(source());
            path.send(lastResponse);
        }
    }

    final void forgetResponse() {
        lastResponse = null;
    }

    final Timer after(Duration delay, Runnable task) {
        return table.scheduler().schedule(delay, task);
    }

    /** Sends a response with this status. */
    public abstract void respond(int status, byte[] response);

    /** Whether no final response was sent yet. */
    public abstract boolean open();

    /** The same request again, or an ACK. True when the ACK is not the transaction's own and the dialog must have it. */
    abstract boolean onRequest(SipRequest repeated);
}
