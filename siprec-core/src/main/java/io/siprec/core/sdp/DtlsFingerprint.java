package io.siprec.core.sdp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An a=fingerprint attribute: the certificate of a DTLS-SRTP peer (RFC 8122 §5).
 *
 * @param hashFunction in lower case: {@code sha-256}
 * @param value upper-case hex octets with colons
 */
public record DtlsFingerprint(String hashFunction, String value) {
    static Optional<DtlsFingerprint> parse(String attribute) {
        List<String> words = Words.of(attribute);
        if (words.size() != 2) return Optional.empty();
        String value = words.get(1).toUpperCase(Locale.ROOT);
        boolean hex = value.matches("[0-9A-F]{2}(?::[0-9A-F]{2}){0,63}");
        return hex ? Optional.of(new DtlsFingerprint(words.get(0).toLowerCase(Locale.ROOT), value)) : Optional.empty();
    }
}
