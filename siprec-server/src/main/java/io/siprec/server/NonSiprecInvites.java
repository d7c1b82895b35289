package io.siprec.server;

/** What happens to an INVITE that does not ask for a recording session (RFC 7866 §6.1.1 leaves that to the receiver). */
public enum NonSiprecInvites {
    /** 488 with a Warning that says which signs are missing. */
    REJECT,
    /**
     * It is recorded all the same: plain calls, Cisco network-based recording and the built-in bridge of Cisco phones, whose
     * participants stand in the header of the INVITE.
     */
    RECORD
}
