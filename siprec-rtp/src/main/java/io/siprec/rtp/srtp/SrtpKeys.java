package io.siprec.rtp.srtp;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * A master key with its salt, as an SDES line carries it (RFC 4568 §6.1). Equal when all parts are. Thread-safe; its text holds
 * no key.
 */
public final class SrtpKeys implements Destroyable {
    /** The longest MKI (RFC 4568 §6.1). */
    public static final int MAX_MKI_BYTES = 128;

    private final SrtpSuite suite;
    private final byte[] keyAndSalt;
    private final byte[] mki;
    private volatile boolean destroyed;

    private SrtpKeys(SrtpSuite suite, byte[] keyAndSalt, byte[] mki) {
        this.suite = suite;
        this.keyAndSalt = keyAndSalt;
        this.mki = mki;
    }

    /**
     * Keys without an MKI.
     *
     * @param keyAndSalt the key followed by the salt, as SDES concatenates them; copied
     * @throws IllegalArgumentException when the length isn't the suite's
     */
    public static SrtpKeys of(SrtpSuite suite, byte[] keyAndSalt) {
        int expected = suite.keyBytes() + suite.saltBytes();
        if (keyAndSalt.length != expected) {
            throw new IllegalArgumentException(
                    suite + " needs " + expected + " bytes of key and salt, not " + keyAndSalt.length);
        }
        return new SrtpKeys(suite, keyAndSalt.clone(), new byte[0]);
    }

    /** Fresh keys without an MKI. */
    public static SrtpKeys generate(SrtpSuite suite, SecureRandom random) {
        byte[] keyAndSalt = new byte[suite.keyBytes() + suite.saltBytes()];
        random.nextBytes(keyAndSalt);
        return new SrtpKeys(suite, keyAndSalt, new byte[0]);
    }

    /**
     * The same keys, named by an MKI that each packet carries.
     *
     * @throws IllegalArgumentException when it has not 1 to {@value #MAX_MKI_BYTES} bytes
     */
    public SrtpKeys withMki(byte[] identifier) {
        if (identifier.length < 1 || identifier.length > MAX_MKI_BYTES) {
            throw new IllegalArgumentException("an MKI has 1.." + MAX_MKI_BYTES + " bytes, not " + identifier.length);
        }
        return new SrtpKeys(suite, keyAndSalt(), identifier.clone());
    }

    /** What the keys are for. */
    public SrtpSuite suite() {
        return suite;
    }

    /** A copy of the MKI; empty when packets carry none. */
    public byte[] mki() {
        return mki.clone();
    }

    /**
     * A copy of key and salt, as SDES writes them in base64; the caller wipes it.
     *
     * @throws IllegalStateException when destroyed
     */
    public byte[] keyAndSalt() {
        if (destroyed) {
            throw new IllegalStateException("the keys are destroyed");
        }
        return keyAndSalt.clone();
    }

    /** A copy of these keys that lives on when these are destroyed. */
    SrtpKeys copy() {
        return new SrtpKeys(suite, keyAndSalt(), mki);
    }

    /** Overwrites key and salt. */
    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(keyAndSalt, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SrtpKeys that
                && suite == that.suite
                && Arrays.equals(mki, that.mki)
                && destroyed == that.destroyed
                && MessageDigest.isEqual(keyAndSalt, that.keyAndSalt);
    }

    @Override
    public int hashCode() {
        return 31 * suite.hashCode() + Arrays.hashCode(mki); // nothing of the key leaves this class unasked
    }

    @Override
    public String toString() {
        return "SrtpKeys[" + suite + ", " + mki.length + " bytes of MKI]";
    }
}
