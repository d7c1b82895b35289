package io.siprec.sip.internal.auth;

import io.siprec.sip.auth.Challenge;
import io.siprec.sip.auth.Credentials;
import io.siprec.sip.auth.Credentials.Protection;
import io.siprec.sip.auth.DigestAlgorithm;
import java.util.Optional;

/** A server's nonce as we use it: again and again, counted (RFC 7616 section 3.4). Loop thread only. */
final class ClientNonce {
    /** What {@link #qualityOf} says of a server that knows RFC 2069 only. */
    private static final String NO_QUALITY = "";

    private final Challenge challenge;
    private final DigestAlgorithm algorithm;
    private final String user;
    private final String ha1;
    private final String cnonce;
    private int uses;

    ClientNonce(Challenge challenge, DigestAlgorithm algorithm, String user, String ha1, String cnonce) {
        this.challenge = challenge;
        this.algorithm = algorithm;
        this.user = user;
        this.ha1 = ha1;
        this.cnonce = cnonce;
    }

    /** The quality of protection that we take of those offered; empty when we know none of them. */
    static Optional<String> qualityOf(Challenge challenge) {
        if (challenge.qop().isEmpty()) {
            return Optional.of(NO_QUALITY);
        }
        return challenge.offers(DigestResponse.AUTH)
                ? Optional.of(DigestResponse.AUTH)
                : Optional.of(DigestResponse.AUTH_INT).filter(challenge::offers);
    }

    /** How often {@link #next} was called. */
    int uses() {
        return uses;
    }

    /** The credentials of the next request. */
    Credentials next(String method, String uri, byte[] body) {
        uses++;
        Optional<Protection> protection = qualityOf(challenge)
                .filter(quality -> !quality.equals(NO_QUALITY))
                .map(quality -> new Protection(quality, String.format("%08x", uses), cnonce));
        Credentials open = credentials(uri, "", protection);
        return credentials(uri, DigestResponse.of(algorithm, ha1, method, open, body), protection);
    }

    private Credentials credentials(String uri, String response, Optional<Protection> protection) {
        return new Credentials(
                user,
                challenge.realm(),
                challenge.nonce(),
                uri,
                response,
                challenge.algorithm(),
                challenge.opaque(),
                protection);
    }
}
