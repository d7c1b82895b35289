package io.siprec.sip;

import io.siprec.sip.message.SipResponse;

/** The outcome of an INVITE of ours. Called on the loop thread; must not block. */
public interface ClientCallListener {
    /** A response of 100 to 199. */
    default void onProvisional(SipResponse response) {}

    /** A 2xx; the stack sends the ACK after this returns. */
    void onAccepted(SipResponse response, SipDialog dialog);

    /** A response of 300 to 699. */
    void onRejected(SipResponse response);

    /** No final answer, or none that counts: timeout, refused connection, endpoint closed; the text says which. */
    void onFailed(String reason);

    /** The listener of the dialog that a 2xx makes. */
    DialogListener dialogListener();
}
