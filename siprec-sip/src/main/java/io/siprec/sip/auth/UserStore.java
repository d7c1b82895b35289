package io.siprec.sip.auth;

import java.util.Map;
import java.util.Optional;

/**
 * Knows the users that may send us requests. Called on the loop threads, on several of them at one time, for each request
 * that carries credentials: it must answer from memory, within microseconds, and take as long for a user that it does not
 * know as for one that it knows. An exception refuses the request with 500.
 */
@FunctionalInterface
public interface UserStore {
    /**
     * The HA1 of a user, {@code H(user:realm:password)} in lower-case hex (see {@link DigestAlgorithm#ha1}); empty for an
     * unknown user, or one whose HA1 in this algorithm is not known.
     */
    Optional<String> ha1(String user, String realm, DigestAlgorithm algorithm);

    /** A store of passwords by user, all of one realm. Keeps hashes only. */
    static UserStore ofPasswords(String realm, Map<String, String> passwords) {
        MapUserStore.Builder builder = MapUserStore.builder();
        passwords.forEach((user, password) -> builder.password(user, realm, password));
        return builder.build();
    }
}
