package io.siprec.sip.transport;

/** Whether a TLS client must show who it is (RFC 7866 section 12.1). */
public enum ClientCertificates {
    /** No certificate is asked for. */
    NONE,
    /** One is asked for; a client without one is taken, one with a wrong one is not. */
    OPTIONAL,
    /** A client without a good one is refused. */
    REQUIRED
}
