package io.siprec.core.sdp;

/** The address families of SDP (RFC 8866 §8.2.7). */
public enum AddressFamily {
    /** IPv4. */
    IP4,
    /** IPv6. */
    IP6
}
