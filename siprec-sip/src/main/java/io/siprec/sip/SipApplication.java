package io.siprec.sip;

import io.siprec.sip.message.SipRequest;
import io.siprec.sip.transport.MessageSource;

/**
 * What stands behind an endpoint. Called on a loop thread; must not block. With several loops calls come on several threads
 * at once; those about one Call-ID always on the same.
 */
public interface SipApplication {
    /**
     * An INVITE outside of a dialog that passed the stack's own checks; 100 was sent. Answer it now or later, on the loop
     * thread. An exception from here answers it with 500.
     */
    void onInvite(ServerInvite invite);

    /** An OPTIONS, inside or outside of a dialog. The stack adds Allow, Accept and Supported to the answer. */
    default OptionsAnswer onOptions(SipRequest request, MessageSource source) {
        return OptionsAnswer.ok();
    }
}
