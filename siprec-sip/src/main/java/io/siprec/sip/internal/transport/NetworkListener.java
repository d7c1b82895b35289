package io.siprec.sip.internal.transport;

import io.siprec.sip.message.SipMessage;
import io.siprec.sip.message.SipParseException;

/** Takes what the sockets deliver. Loop thread only. */
public interface NetworkListener {
    /** A well-formed message. */
    void onMessage(SipMessage message, Peer peer);

    /** A message that can't be understood. */
    void onMalformed(SipParseException fault, Peer peer);

    /** A connection ended, or was never made; the text says why. */
    void onClosed(Peer peer, String reason);
}
