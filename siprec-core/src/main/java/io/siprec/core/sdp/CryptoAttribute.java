package io.siprec.core.sdp;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An a=crypto attribute (RFC 4568 §4).
 *
 * @param tag 1 to 9 digits
 * @param suite as written; not always one of {@link CryptoSuite}
 * @param keys at least one
 * @param sessionParameters as written, in order: {@code UNENCRYPTED_SRTCP}, {@code WSH=128}
 */
public record CryptoAttribute(int tag, String suite, List<CryptoKey> keys, List<String> sessionParameters) {
    /** Copies the lists. */
    public CryptoAttribute {
        Objects.requireNonNull(suite, "suite");
        keys = List.copyOf(keys);
        sessionParameters = List.copyOf(sessionParameters);
        if (keys.isEmpty()) throw new IllegalArgumentException("an a=crypto has at least one key");
    }

    /**
     * True when nothing in it must be understood that is not: a parameter changes what is on the wire (RFC 4568 §6.3), but
     * the window size and those with a leading minus are hints.
     */
    boolean isPlain() {
        return sessionParameters.stream().allMatch(one -> one.startsWith("-") || one.startsWith("WSH="));
    }

    /** The value of the attribute. */
    String text() {
        String keyTexts = keys.stream().map(CryptoKey::text).collect(Collectors.joining(";"));
        String start = tag + " " + suite + ' ' + keyTexts;
        return sessionParameters.isEmpty() ? start : start + ' ' + String.join(" ", sessionParameters);
    }
}
