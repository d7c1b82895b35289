package io.siprec.sip.internal.auth;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256, cut to 128 bits, under one key. Any thread. */
final class Signer {
    static final int BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac prototype;

    Signer(byte[] key) {
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(key, ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    byte[] sign(byte[] first, byte[] second) {
        Mac mac = fresh();
        mac.update(first);
        return Arrays.copyOf(mac.doFinal(second), BYTES);
    }

    private Mac fresh() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(ALGORITHM + " can't be copied", e);
        }
    }
}
