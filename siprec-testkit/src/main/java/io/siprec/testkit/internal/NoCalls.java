package io.siprec.testkit.internal;

import io.siprec.sip.ServerInvite;
import io.siprec.sip.SipApplication;

/** Refuses calls: a recording client places them only. */
public final class NoCalls implements SipApplication {
    /** Nothing to set up. */
    public NoCalls() {}

    @Override
    public void onInvite(ServerInvite invite) {
        invite.reject(403, "This recording client takes no calls");
    }
}
