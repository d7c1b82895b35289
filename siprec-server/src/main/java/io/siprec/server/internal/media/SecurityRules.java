package io.siprec.server.internal.media;

/**
 * What the operator wants of the security of calls (RFC 7866 §12).
 *
 * @param keysOverTlsOnly keys of SRTP are taken over TLS only
 * @param secureOnly no call without TLS, no line without SRTP
 */
public record SecurityRules(boolean keysOverTlsOnly, boolean secureOnly) {
    /** All is taken. */
    public static final SecurityRules OPEN = new SecurityRules(false, false);
}
