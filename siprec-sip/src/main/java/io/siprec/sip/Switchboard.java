package io.siprec.sip;

import io.siprec.sip.internal.transport.NetworkListener;
import io.siprec.sip.internal.transport.Peer;
import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipParseException;

/** Ties network and user agent, each of which needs the other, together. */
final class Switchboard implements NetworkListener {
    private NetworkListener target;

    Switchboard() {}

    void connect(NetworkListener listener) {
        target = listener;
    }

    @Override
    public void onMessage(SipMessage message, Peer peer) {
        target.onMessage(message, peer);
    }

    @Override
    public void onMalformed(SipParseException fault, Peer peer) {
        target.onMalformed(fault, peer);
    }

    @Override
    public void onClosed(Peer peer, String reason) {
        target.onClosed(peer, reason);
    }
}
