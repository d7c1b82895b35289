package io.siprec.sip;

import io.siprec.sip.message.SipRequest;

/** What happens in a dialog. Called on the loop thread; must not block. */
public interface DialogListener {
    /** The first ACK of a 2xx of ours; its body may hold an answer. */
    default void onAck(SipRequest ack) {}

    /** A re-INVITE; its {@code accept} returns this same dialog. */
    default void onReinvite(ServerInvite invite) {
        invite.reject(488, "Not Acceptable Here");
    }

    /** UPDATE, INFO and any other request that the stack does not answer itself. */
    default void onRequest(ServerRequest request) {
        request.refuseMethod();
    }

    /** The dialog is over: called exactly once, and nothing after it. */
    void onEnded(DialogEnd end);
}
