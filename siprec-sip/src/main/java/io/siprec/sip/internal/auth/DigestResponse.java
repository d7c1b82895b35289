package io.siprec.sip.internal.auth;

import io.siprec.sip.auth.Credentials;
import io.siprec.sip.auth.DigestAlgorithm;
import io.siprec.sip.message.SipMessage;

/** What a client that knows the password answers (RFC 7616 section 3.4.1; without qop RFC 2069 section 2.1.2). */
final class DigestResponse {
    static final String AUTH = "auth";
    static final String AUTH_INT = "auth-int";

    private DigestResponse() {}

    /** The response that belongs to these credentials, whose own response is not looked at. */
    static String of(
            DigestAlgorithm algorithm, String ha1, String method, Credentials credentials, SipMessage message) {
        return of(algorithm, ha1, method, credentials, isAuthInt(credentials) ? message.body() : new byte[0]);
    }

    static String of(DigestAlgorithm algorithm, String ha1, String method, Credentials credentials, byte[] body) {
        String request = method + ':' + credentials.uri();
        String ha2 = algorithm.hash(isAuthInt(credentials) ? request + ':' + algorithm.hash(body) : request);
        String middle = credentials
                .protection()
                .map(used -> ':' + used.count() + ':' + used.cnonce() + ':' + used.qop())
                .orElse("");
        return algorithm.hash(ha1 + ':' + credentials.nonce() + middle + ':' + ha2);
    }

    private static boolean isAuthInt(Credentials credentials) {
        return credentials
                .protection()
                .filter(used -> used.qop().equalsIgnoreCase(AUTH_INT))
                .isPresent();
    }
}
