package io.siprec.rtp.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Session keys out of a master key, at a key derivation rate of 0 (RFC 3711 §4.3, RFC 6188 §3, RFC 7714 §11). */
final class KeyDerivation {
    static final int AUTHENTICATION_KEY_BYTES = 20;

    private static final int LABEL_AT = 7; // before the 48 bits of the index, which a rate of 0 makes 0

    private KeyDerivation() {}

    /** The cipher that the master key makes for packets of RTP or RTCP. */
    static PacketCipher cipher(SrtpKeys master, boolean rtcp) {
        SrtpSuite suite = master.suite();
        int label = rtcp ? 3 : 0;
        byte[] key = derive(master, label, suite.keyBytes());
        byte[] authenticationKey = derive(master, label + 1, AUTHENTICATION_KEY_BYTES);
        byte[] salt = derive(master, label + 2, suite.saltBytes());
        try {
            return suite.aead()
                    ? new GcmCipher(key, salt, rtcp)
                    : new CounterModeCipher(
                            key, salt, authenticationKey, rtcp ? suite.rtcpTagBytes() : suite.rtpTagBytes());
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(authenticationKey, (byte) 0);
        }
    }

    static byte[] derive(SrtpKeys master, int label, int length) {
        byte[] keyAndSalt = master.keyAndSalt();
        int keyBytes = master.suite().keyBytes();
        byte[] iv = new byte[SrtpScratch.BLOCK_BYTES]; // a salt of 12 bytes is filled up with zeros at its end
        System.arraycopy(keyAndSalt, keyBytes, iv, 0, keyAndSalt.length - keyBytes);
        iv[LABEL_AT] ^= (byte) label;
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE, new SecretKeySpec(keyAndSalt, 0, keyBytes, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(new byte[length]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES in counter mode", e);
        } finally {
            Arrays.fill(keyAndSalt, (byte) 0);
        }
    }
}
