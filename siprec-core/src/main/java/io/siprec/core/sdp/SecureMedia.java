package io.siprec.core.sdp;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a recorder that takes SRTP can do (RFC 4568).
 *
 * @param suites that can be decrypted; none refuses encrypted lines
 * @param keys our key and salt for the attribute that was chosen, of its suite's length. The same one for the same line, or
 *     each offer changes the answer
 * @param required lines that are not encrypted are refused
 */
public record SecureMedia(Set<CryptoSuite> suites, Function<CryptoAttribute, byte[]> keys, boolean required) {
    /** Copies the set. */
    public SecureMedia {
        suites = Set.copyOf(suites);
        Objects.requireNonNull(keys, "keys");
    }

    /** Plain lines are taken, too. */
    public SecureMedia(Set<CryptoSuite> suites, Function<CryptoAttribute, byte[]> keys) {
        this(suites, keys, false);
    }

    /** The same, with plain lines refused. */
    public SecureMedia asRequired() {
        return new SecureMedia(suites, keys, true);
    }

    /** No SRTP. */
    public static SecureMedia none() {
        return new SecureMedia(Set.of(), chosen -> new byte[0]);
    }

    /** The first of the line's attributes that can be taken: its order is the offerer's preference (RFC 4568 §5.1.1). */
    Optional<CryptoChoice> choose(MediaDescription line) {
        return line.cryptos().stream()
                .filter(one ->
                        CryptoSuite.named(one.suite()).filter(suites::contains).isPresent())
                .filter(CryptoAttribute::isPlain)
                .findFirst()
                .map(offered -> new CryptoChoice(offered, keys.apply(offered)));
    }
}
