package io.siprec.core.sdp;

import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/** An inline key of an a=crypto attribute (RFC 4568 §6.1). Its text does not show the key. */
public final class CryptoKey {
    private final byte[] keyAndSalt;
    private final String lifetime;
    private final String mki;

    /**
     * @param keyAndSalt master key, then master salt
     * @param lifetime packets, as written: {@code 2^20}; "" for none
     * @param mki with its length, as written: {@code 1:4}; "" for none
     */
    public CryptoKey(byte[] keyAndSalt, String lifetime, String mki) {
        this.keyAndSalt = keyAndSalt.clone();
        this.lifetime = Objects.requireNonNull(lifetime, "lifetime");
        this.mki = Objects.requireNonNull(mki, "mki");
    }

    /** Master key, then master salt. */
    public byte[] keyAndSalt() {
        return keyAndSalt.clone();
    }

    /** How many packets it may serve, as written; "" for none. */
    public String lifetime() {
        return lifetime;
    }

    /** The master key identifier and its length, as written; "" for none. */
    public String mki() {
        return mki;
    }

    String text() {
        String key = "inline:" + Base64.getEncoder().encodeToString(keyAndSalt);
        String withLifetime = lifetime.isEmpty() ? key : key + '|' + lifetime;
        return mki.isEmpty() ? withLifetime : withLifetime + '|' + mki;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CryptoKey that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(keyAndSalt);
    }

    @Override
    public String toString() {
        return "CryptoKey[" + keyAndSalt.length + " octets]";
    }
}
