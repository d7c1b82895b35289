package io.siprec.rtp;

/** No pair of ports of the range is free: all are in use, in quarantine, or taken by other programs. */
public final class PortsExhaustedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With a text that names the range. */
    public PortsExhaustedException(String message) {
        super(message);
    }
}
