package io.siprec.sip;

import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipResponse;

/** The outcome of an INVITE of ours. Called on the loop thread; must not block. */
public interface ClientCallListener {
    /** A response of 100 to 199. */
    default void onProvisional(SipResponse response) {}

    /** A 2xx; the stack sends the ACK after this returns. */
    void onAccepted(SipResponse response, SipDialog dialog);

    /**
     * Asked for after {@link #onAccepted}: the body of the ACK. When the INVITE had no offer, the 2xx has it and the answer
     * belongs here (RFC 3261 section 13.2.1).
     */
    default SipBody answer(SipResponse response) {
        return SipBody.none();
    }

    /** A response of 300 to 699. */
    void onRejected(SipResponse response);

    /** No final answer, or none that counts: timeout, refused connection, endpoint closed; the text says which. */
    void onFailed(String reason);

    /** The listener of the dialog that a 2xx makes. */
    DialogListener dialogListener();
}
