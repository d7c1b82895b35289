package io.siprec.rtp.srtp;

import java.util.Optional;

/** A crypto suite; the constant's name is the one that SDES uses (RFC 4568 §6.2, RFC 6188 §4, RFC 7714 §14.1). */
public enum SrtpSuite {
    /** The suite that every SDES implementation has. */
    AES_CM_128_HMAC_SHA1_80(16, false, 10),
    /** RTP tags of 32 bits; those of RTCP stay at 80 (RFC 4568 §6.2.2). */
    AES_CM_128_HMAC_SHA1_32(16, false, 4),
    /** With a key of 256 bits. */
    AES_256_CM_HMAC_SHA1_80(32, false, 10),
    /** With a key of 256 bits and RTP tags of 32 bits. */
    AES_256_CM_HMAC_SHA1_32(32, false, 4),
    /** AES-GCM with tags of 128 bits. */
    AEAD_AES_128_GCM(16, true, 16),
    /** AES-GCM with a key of 256 bits and tags of 128 bits. */
    AEAD_AES_256_GCM(32, true, 16);

    private final int keyBytes;
    private final boolean aead;
    private final int rtpTagBytes;

    SrtpSuite(int keyBytes, boolean aead, int rtpTagBytes) {
        this.keyBytes = keyBytes;
        this.aead = aead;
        this.rtpTagBytes = rtpTagBytes;
    }

    /** The suite of an SDES name, compared without regard to case; empty when it isn't one of these. */
    public static Optional<SrtpSuite> of(String sdesName) {
        for (SrtpSuite suite : values()) {
            if (suite.name().equalsIgnoreCase(sdesName)) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    /** The length of the master key, which is that of the session keys for encryption too. */
    public int keyBytes() {
        return keyBytes;
    }

    /** The length of the master salt and the session salts: 14, for AEAD 12 (RFC 7714 §8.1). */
    public int saltBytes() {
        return aead ? 12 : 14;
    }

    /** True when one algorithm encrypts and authenticates. */
    boolean aead() {
        return aead;
    }

    int rtpTagBytes() {
        return rtpTagBytes;
    }

    int rtcpTagBytes() {
        return aead ? 16 : 10;
    }
}
