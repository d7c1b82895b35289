package io.siprec.store.redis.internal;

import io.siprec.store.redis.RedisMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which Redis is meant and how to get in.
 *
 * @param addresses at least one
 * @param sentinelMaster the name that the Sentinels know the master by
 * @param sentinelPassword "" for none
 * @param username "" for the default user
 * @param password "" for none
 * @param tls empty for plain TCP
 * @param timeout of a connection that is made, and of each command
 */
public record RedisTarget(
        RedisMode mode,
        List<Address> addresses,
        String sentinelMaster,
        String sentinelPassword,
        String username,
        String password,
        int database,
        Optional<Tls> tls,
        Duration timeout) {
    /** Copies the list. */
    public RedisTarget {
        addresses = List.copyOf(addresses);
    }

    /** The addresses, for messages. */
    @Override
    public String toString() {
        return String.join(",", addresses.stream().map(Address::toString).toList());
    }

    /** A host and a port. */
    public record Address(String host, int port) {
        @Override
        public String toString() {
            return (host.contains(":") ? '[' + host + ']' : host) + ':' + port;
        }
    }

    /**
     * TLS.
     *
     * @param ca PEM file of the CAs that are trusted; empty for those of the Java runtime
     * @param identity certificate chain and key that we show; empty for none
     */
    public record Tls(Optional<Path> ca, Optional<Identity> identity) {
        /** PEM files: a certificate chain and its key in PKCS#8. */
        public record Identity(Path certificate, Path key) {}
    }
}
