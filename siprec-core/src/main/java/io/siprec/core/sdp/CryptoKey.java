package io.siprec.core.sdp;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/** An inline key of an a=crypto attribute (RFC 4568 §6.1). Its text does not show the key. */
public final class CryptoKey {
    private static final int MAX_MKI_BYTES = 128;
    private static final int MAX_MKI_DIGITS = 309; // of 128 octets

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

    /**
     * The master key identifier as packets carry it, in network order (RFC 3711 §3.1); empty for none.
     *
     * @throws IllegalStateException when the text is no identifier of 1 to {@value #MAX_MKI_BYTES} octets
     */
    public byte[] mkiBytes() {
        return mki.isEmpty() ? new byte[0] : mkiOctets().orElseThrow(() -> new IllegalStateException("not an MKI"));
    }

    boolean hasReadableMki() {
        return mki.isEmpty() || mkiOctets().isPresent();
    }

    /** {@code value:length}, both decimal. */
    private Optional<byte[]> mkiOctets() {
        int colon = mki.indexOf(':');
        int length = Numbers.parse(mki.substring(colon + 1), MAX_MKI_BYTES);
        String value = mki.substring(0, Math.max(0, colon));
        boolean digits = !value.isEmpty()
                && value.length() <= MAX_MKI_DIGITS
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || length < 1) return Optional.empty();
        byte[] number = new BigInteger(value).toByteArray();
        int skipped = number.length > 1 && number[0] == 0 ? 1 : 0; // the sign
        if (number.length - skipped > length) return Optional.empty();
        byte[] octets = new byte[length];
        System.arraycopy(number, skipped, octets, length - number.length + skipped, number.length - skipped);
        return Optional.of(octets);
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
