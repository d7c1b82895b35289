package io.siprec.sip;

import io.siprec.sip.message.SipBody;
import io.siprec.sip.message.SipRequest;
import java.util.Optional;

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

    /**
     * What this side describes now, unchanged: the offer of a re-INVITE by which the stack refreshes the session where the
     * peer takes no UPDATE (RFC 4028 section 7.4). Empty by default: such a session can't be refreshed, and expires.
     */
    default Optional<SipBody> sessionDescription() {
        return Optional.empty();
    }

    /** The dialog is over: called exactly once, and nothing after it. */
    void onEnded(DialogEnd end);
}
