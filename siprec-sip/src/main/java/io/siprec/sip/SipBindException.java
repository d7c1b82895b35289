package io.siprec.sip;

import io.siprec.sip.transport.ListeningPoint;
import java.io.IOException;

/** A listening point could not be opened: its port is in use, its address is not ours, or we may not. */
public final class SipBindException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient ListeningPoint listeningPoint;

    /** What could not be opened, and why. */
    public SipBindException(ListeningPoint listeningPoint, IOException cause) {
        super("can't listen on " + listeningPoint + ": " + cause.getMessage(), cause);
        this.listeningPoint = listeningPoint;
    }

    /** What could not be opened. */
    public ListeningPoint listeningPoint() {
        return listeningPoint;
    }
}
