package io.siprec.sip.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The hash functions of digest authentication (RFC 7616 section 6.1, RFC 8760 section 2), strongest first. Any thread. */
public enum DigestAlgorithm {
    /** SHA-512 with its own start values, cut to 256 bits. */
    SHA_512_256("SHA-512-256", "SHA-512/256"),
    /** What every SIP user agent of today should know (RFC 8760 section 2.2). */
    SHA_256("SHA-256", "SHA-256"),
    /** What every SIP user agent knows; broken as a hash, so that a strong password matters with it. */
    MD5("MD5", "MD5");

    private final String token;
    private final MessageDigest prototype;

    DigestAlgorithm(String token, String javaName) {
        this.token = token;
        try {
            prototype = MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + javaName, e);
        }
    }

    /** The name in an {@code algorithm} parameter. */
    public String token() {
        return token;
    }

    /** How many hex digits a hash has: 64 or 32. */
    public int hexDigits() {
        return prototype.getDigestLength() * 2;
    }

    /** The algorithm of that token, compared without case; empty for one we don't know, as the {@code -sess} kinds. */
    public static Optional<DigestAlgorithm> of(String token) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(token)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The hash in lower-case hex. */
    public String hash(byte[] data) {
        return HexFormat.of().formatHex(fresh().digest(data));
    }

    /** The hash of a text in UTF-8, in lower-case hex. */
    public String hash(String text) {
        return hash(text.getBytes(UTF_8));
    }

    /** The stored form of a password: {@code H(user:realm:password)} (RFC 7616 section 3.4.2). As secret as the password. */
    public String ha1(String user, String realm, String password) {
        return hash(user + ':' + realm + ':' + password);
    }

    /** A copy of an unused digest: cheaper than to ask the providers each time. */
    private MessageDigest fresh() {
        try {
            return (MessageDigest) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(token + " can't be copied", e);
        }
    }
}
