package io.siprec.core.sdp;

import java.util.Optional;

/** The SRTP crypto suites of SDP (RFC 4568 §6.2, RFC 6188 §4, RFC 7714 §14.2). */
public enum CryptoSuite {
    /** AES counter mode, 80 bits of HMAC. */
    AES_CM_128_HMAC_SHA1_80(16, 14),
    /** AES counter mode, 32 bits of HMAC. */
    AES_CM_128_HMAC_SHA1_32(16, 14),
    /** AES f8 mode. */
    F8_128_HMAC_SHA1_80(16, 14),
    /** AES-192 counter mode, 80 bits of HMAC. */
    AES_192_CM_HMAC_SHA1_80(24, 14),
    /** AES-192 counter mode, 32 bits of HMAC. */
    AES_192_CM_HMAC_SHA1_32(24, 14),
    /** AES-256 counter mode, 80 bits of HMAC. */
    AES_256_CM_HMAC_SHA1_80(32, 14),
    /** AES-256 counter mode, 32 bits of HMAC. */
    AES_256_CM_HMAC_SHA1_32(32, 14),
    /** AES-128 with Galois counter mode. */
    AEAD_AES_128_GCM(16, 12),
    /** AES-256 with Galois counter mode. */
    AEAD_AES_256_GCM(32, 12);

    private final int keyBytes;
    private final int saltBytes;

    CryptoSuite(int keyBytes, int saltBytes) {
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
    }

    /** Octets of master key and salt together: what an inline key holds. */
    public int keyAndSaltBytes() {
        return keyBytes + saltBytes;
    }

    /** Octets of the master key. */
    public int keyBytes() {
        return keyBytes;
    }

    /** The suite of that name, if it is one of these; suite names compare with case (RFC 4568 §9.1). */
    public static Optional<CryptoSuite> named(String name) {
        for (CryptoSuite suite : values()) {
            if (suite.name().equals(name)) return Optional.of(suite);
        }
        return Optional.empty();
    }
}
