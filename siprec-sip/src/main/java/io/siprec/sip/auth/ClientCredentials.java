package io.siprec.sip.auth;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Who we are to servers and proxies that ask (RFC 3261 section 22.3): a user and a password for each realm, and perhaps
 * for any other. Does not change. Any thread.
 */
public final class ClientCredentials {
    private static final ClientCredentials NONE = builder().build();

    private final Map<String, Login> logins;
    private final Optional<Login> anyRealm;

    /** Either a password, or a HA1 for some of the algorithms. */
    private record Login(String user, Optional<String> password, Map<DigestAlgorithm, String> hashes) {}

    private ClientCredentials(Builder builder) {
        logins = Map.copyOf(builder.logins);
        anyRealm = Optional.ofNullable(builder.anyRealm);
    }

    /** Nobody: each challenge is the outcome of its request. */
    public static ClientCredentials none() {
        return NONE;
    }

    /** Credentials to fill. */
    public static Builder builder() {
        return new Builder();
    }

    private Optional<Login> login(String realm) {
        return Optional.ofNullable(logins.get(realm)).or(() -> anyRealm);
    }

    /** The user for a realm; empty when we have none. */
    public Optional<String> user(String realm) {
        return login(realm).map(Login::user);
    }

    /** The HA1 for a realm and algorithm; empty when we know neither the password nor this HA1. */
    public Optional<String> ha1(String realm, DigestAlgorithm algorithm) {
        return login(realm)
                .flatMap(login -> login.password()
                        .map(password -> algorithm.ha1(login.user(), realm, password))
                        .or(() -> Optional.ofNullable(login.hashes().get(algorithm))));
    }

    /** Says for how many realms there are credentials, and no more. */
    @Override
    public String toString() {
        return "ClientCredentials[" + logins.size() + " realms" + (anyRealm.isPresent() ? " and any other]" : "]");
    }

    /** Collects credentials. */
    public static final class Builder {
        private final Map<String, Login> logins = new HashMap<>();
        private Login anyRealm;

        private Builder() {}

        /** Adds a user by password. */
        public Builder password(String realm, String user, String password) {
            logins.put(Objects.requireNonNull(realm, "realm"), login(user, password));
            return this;
        }

        /**
         * Sets the user for each realm that is not named. Whoever challenges us gets something to try passwords on, so
         * name the realm where you know it.
         */
        public Builder anyRealm(String user, String password) {
            anyRealm = login(user, password);
            return this;
        }

        private static Login login(String user, String password) {
            Objects.requireNonNull(user, "user");
            return new Login(user, Optional.of(password), Map.of());
        }

        /** Adds a user by HA1, for one algorithm (see {@link DigestAlgorithm#ha1}). */
        public Builder ha1(String realm, String user, DigestAlgorithm algorithm, String ha1) {
            if (ha1.length() != algorithm.hexDigits()) {
                throw new IllegalArgumentException(
                        "a HA1 of " + algorithm.token() + " has " + algorithm.hexDigits() + " hex digits");
            }
            Map<DigestAlgorithm, String> hashes = new EnumMap<>(DigestAlgorithm.class);
            Login before = logins.get(realm);
            if (before != null && before.user().equals(user)) {
                hashes.putAll(before.hashes());
            }
            hashes.put(algorithm, ha1.toLowerCase(Locale.ROOT));
            logins.put(Objects.requireNonNull(realm, "realm"), new Login(user, Optional.empty(), Map.copyOf(hashes)));
            return this;
        }

        /** The credentials. */
        public ClientCredentials build() {
            return new ClientCredentials(this);
        }
    }
}
