package io.siprec.rtp.srtp;

/** What became of a packet that should be opened. Only the first changes anything but counters. */
public enum SrtpOutcome {
    /** Authentic, new, and now in clear. */
    ACCEPTED,
    /** Too short, too long, or not version 2. */
    MALFORMED,
    /** It names a master key that was not negotiated. */
    UNKNOWN_MKI,
    /** Its index was seen before, or is too old to know (RFC 3711 §3.3.2). */
    REPLAYED,
    /** The tag is wrong: another key, another rollover count, or a forgery. */
    NOT_AUTHENTIC,
    /** Authentic, but the keys already serve as many SSRCs as they may. */
    TOO_MANY_SSRCS
}
