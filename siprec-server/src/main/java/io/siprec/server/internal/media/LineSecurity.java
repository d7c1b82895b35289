package io.siprec.server.internal.media;

import io.siprec.core.sdp.CryptoAttribute;
import io.siprec.core.sdp.CryptoChoice;
import io.siprec.core.sdp.CryptoKey;
import io.siprec.core.sdp.CryptoSuite;
import io.siprec.core.sdp.PlannedLine;
import io.siprec.core.sdp.SecureMedia;
import io.siprec.rtp.SrtpSettings;
import io.siprec.rtp.srtp.SrtpKeys;
import io.siprec.rtp.srtp.SrtpSuite;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** SRTP with the keys of SDES (RFC 4568): what is taken of an offer, and with which keys of ours. */
final class LineSecurity {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SecureMedia TAKEN = new SecureMedia(suites(), LineSecurity::freshKey);

    private LineSecurity() {}

    private static Set<CryptoSuite> suites() {
        return Arrays.stream(SrtpSuite.values())
                .map(suite -> CryptoSuite.named(suite.name()).orElseThrow())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static byte[] freshKey(CryptoAttribute chosen) {
        return SrtpKeys.generate(suite(chosen), RANDOM).keyAndSalt();
    }

    private static SrtpSuite suite(CryptoAttribute attribute) {
        return SrtpSuite.of(attribute.suite()).orElseThrow();
    }

    /** What is taken of a call that is, or is not, signalled over TLS. */
    static SecureMedia capabilities(SecurityRules rules, boolean overTls) {
        SecureMedia taken = overTls || !rules.keysOverTlsOnly() ? TAKEN : SecureMedia.none();
        return rules.secureOnly() ? taken.asRequired() : taken;
    }

    /** A line that goes on with its suite keeps our key: our reports go on under it (RFC 4568 §7.1.4). */
    static PlannedLine keepingKey(PlannedLine line, Optional<CryptoChoice> before) {
        Optional<CryptoChoice> same = line.crypto()
                .flatMap(now -> before.filter(one ->
                                one.answered().suite().equals(now.answered().suite()))
                        .map(one ->
                                now.answeredWith(one.answered().keys().get(0).keyAndSalt())));
        return same.map(line::encrypted).orElse(line);
    }

    /** What the media plane has to know of the line; empty for plain RTP. */
    static Optional<SrtpSettings> settings(PlannedLine line) {
        return line.crypto()
                .map(choice -> new SrtpSettings(
                        keys(choice.offered()), keys(choice.answered()).get(0)));
    }

    private static List<SrtpKeys> keys(CryptoAttribute attribute) {
        SrtpSuite suite = suite(attribute);
        return attribute.keys().stream().map(key -> key(suite, key)).toList();
    }

    private static SrtpKeys key(SrtpSuite suite, CryptoKey key) {
        SrtpKeys keys = SrtpKeys.of(suite, key.keyAndSalt());
        return key.mki().isEmpty() ? keys : keys.withMki(key.mkiBytes());
    }
}
