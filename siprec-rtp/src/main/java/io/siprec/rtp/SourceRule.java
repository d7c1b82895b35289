package io.siprec.rtp;

/** Whose packets a stream takes. */
public enum SourceRule {
    /**
     * The signalled address at once and whenever it sends; until it does the first other source that sends two packets in
     * sequence (RFC 3550 A.1): behind a NAT the signalled address may be none that packets come from.
     */
    PREFER_SIGNALLED,
    /** The signalled address and port only; without one nobody's. */
    STRICT
}
