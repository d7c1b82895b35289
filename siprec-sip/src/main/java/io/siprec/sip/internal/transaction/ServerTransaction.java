package io.siprec.sip.internal.transaction;

import io.siprec.sip.Timer;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipRequest;
import java.time.Duration;
import java.util.function.Supplier;

/** What both kinds of server transaction share: their name, their way back, their last response. */
public abstract sealed class ServerTransaction permits InviteServerTransaction, NonInviteServerTransaction {
    final Transactions table;
    private final String key;
    private final ResponsePath path;
    private final SipRequest request;
    private byte[] lastResponse;
    private String mergeKey;
    private String toTag;

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

    /** The tag of all responses that make no dialog and lie outside of one, made when it is first asked for. */
    public String toTag(Supplier<String> made) {
        if (toTag == null) {
            toTag = made.get();
        }
        return toTag;
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
        if (!path.send(response)) {
            onTransportError();
        }
    }

    final void resend() {
        if (lastResponse != null) {
            table.counters().retransmissionSent(source());
            if (!path.send(lastResponse)) {
                onTransportError();
            }
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

    /** There is no way back for a response. */
    abstract void onTransportError();

    /** The same request again, or an ACK. True when the ACK is not the transaction's own and the dialog must have it. */
    abstract boolean onRequest(SipRequest repeated);
}
