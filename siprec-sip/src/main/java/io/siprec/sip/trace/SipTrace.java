package io.siprec.sip.trace;

import io.siprec.sip.transport.MessageSource;
import java.nio.ByteBuffer;

/**
 * Sees every SIP message of an endpoint, octet by octet: malformed ones and repetitions too, but none that the guard refused
 * unread, and no keep-alive. TLS shows as plain text. What is shown holds keys and digest responses, see {@link SipMasking}.
 */
public interface SipTrace {
    /** Which way a message went. */
    enum Direction {
        /** From the network. */
        RECEIVED,
        /** To the network, whether it arrives or not. */
        SENT
    }

    /**
     * A message passed by. Called on the loop that read or writes it, with several loops on several threads at once; must not
     * block: copy and leave the rest to another thread. An exception is counted and does not disturb the message.
     *
     * @param source transport, the peer's address and ours, whichever way the message went
     * @param message read-only, valid only until this method returns
     * @param nanoTime when it passed, on the endpoint's clock
     */
    void onMessage(Direction direction, MessageSource source, ByteBuffer message, long nanoTime);
}
