package io.siprec.sip.internal.dialog;

import io.siprec.sip.internal.auth.Authorizer;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.Header;
import io.siprec.sip.message.NameAddress;
import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipRequest;
import io.siprec.sip.message.SipResponse;
import io.siprec.sip.message.SipUri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The way to the peer of a dialog: its target, which may move, and the connection that it was last heard on. */
final class DialogPath {
    private final Context context;
    private final DialogRequests requests;
    private Peer peer;
    private SipUri target;
    private boolean released;

    DialogPath(Context context, DialogRequests requests, Peer peer, SipUri target) {
        this.context = context;
        this.requests = requests;
        this.peer = peer;
        this.target = target;
        peer.retain();
    }

    /** The way that a response to an INVITE of ours has shown: its Record-Route reversed (RFC 3261 section 12.1.2). */
    static DialogPath client(
            Context context, SipRequest invite, SipResponse response, Peer peer, Authorizer authorizer) {
        List<NameAddress> routes = new ArrayList<>(RouteSet.of(response));
        Collections.reverse(routes);
        DialogRequests requests =
                new DialogRequests(context, invite.callId(), invite.from(), response.to(), routes, authorizer);
        return new DialogPath(context, requests, peer, RemoteTarget.of(response, peer));
    }

    DialogRequests requests() {
        return requests;
    }

    /** Where the peer was last heard. */
    Peer peer() {
        return peer;
    }

    void seen(Peer latest) {
        if (latest != peer && !released) {
            peer.release();
            peer = latest;
            peer.retain();
        }
    }

    /** Takes the Contact of a message that may move the target (RFC 3261 section 12.2); an unusable one moves nothing. */
    void refresh(SipMessage message) {
        RemoteTarget.of(message).ifPresent(uri -> target = uri);
    }

    /** Where requests are sent. A connection that was made anew is the dialog's from now on. */
    Peer firstHop() throws IOException {
        Peer hop = NextHop.of(context, peer, requests.routes(), target);
        if (hop.transport().reliable() && !peer.open()) {
            seen(hop);
        }
        return hop;
    }

    SipRequest write(String method, long cseq, Peer hop, List<Header> headers, SipBody body) {
        return requests.write(method, cseq, target, hop, peer, headers, body);
    }

    /** The dialog is over: its connection may be closed when it is idle. */
    void release() {
        if (!released) {
            released = true;
            peer.release();
        }
    }
}
