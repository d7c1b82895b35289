package io.siprec.sip.auth;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Users in memory, as hashes; passwords are not kept. Does not change. Any thread. */
public final class MapUserStore implements UserStore {
    private final Map<Key, String> hashes;

    private record Key(String user, String realm, DigestAlgorithm algorithm) {}

    private MapUserStore(Map<Key, String> hashes) {
        this.hashes = Map.copyOf(hashes);
    }

    /** An empty store to fill. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Optional<String> ha1(String user, String realm, DigestAlgorithm algorithm) {
        return Optional.ofNullable(hashes.get(new Key(user, realm, algorithm)));
    }

    /** Says how many hashes there are, and no more. */
    @Override
    public String toString() {
        return "MapUserStore[" + hashes.size() + " hashes]";
    }

    /** Collects users. */
    public static final class Builder {
        private final Map<Key, String> hashes = new HashMap<>();

        private Builder() {}

        /** Adds a user by password, for all algorithms. */
        public Builder password(String user, String realm, String password) {
            Objects.requireNonNull(password, "password");
            for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
                hashes.put(key(user, realm, algorithm), algorithm.ha1(user, realm, password));
            }
            return this;
        }

        /** Adds a user by HA1, for one algorithm. */
        public Builder ha1(String user, String realm, DigestAlgorithm algorithm, String ha1) {
            String hex = ha1.toLowerCase(Locale.ROOT);
            if (hex.length() != algorithm.hexDigits() || !hex.chars().allMatch(HexFormat::isHexDigit)) {
                throw new IllegalArgumentException(
                        "a HA1 of " + algorithm.token() + " has " + algorithm.hexDigits() + " hex digits");
            }
            hashes.put(key(user, realm, algorithm), hex);
            return this;
        }

        private static Key key(String user, String realm, DigestAlgorithm algorithm) {
            if (user.isEmpty()) {
                throw new IllegalArgumentException("a user must have a name");
            }
            return new Key(
                    user, Objects.requireNonNull(realm, "realm"), Objects.requireNonNull(algorithm, "algorithm"));
        }

        /** The store. */
        public MapUserStore build() {
            return new MapUserStore(hashes);
        }
    }
}
