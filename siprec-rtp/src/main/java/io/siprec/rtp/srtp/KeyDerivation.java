package io.siprec.rtp.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Session keys out of one master key, at a key derivation rate of 0 (RFC 3711 §4.3, RFC 6188 §3, RFC 7714 §11). */
final class KeyDerivation {
    private static final int AUTHENTICATION_KEY_BYTES = 20;
    private static final int LABEL_AT = 7; // before the 48 bits of the index, which a rate of 0 makes 0

    private final SrtpSuite suite;
    private final byte[] salt; // filled up with zeros to a block, also when it has but 12 bytes
    private final Cipher blocks;

    KeyDerivation(SrtpKeys master) {
        this.suite = master.suite();
        byte[] keyAndSalt = master.keyAndSalt();
        int keyBytes = suite.keyBytes();
        this.salt = Arrays.copyOfRange(keyAndSalt, keyBytes, keyBytes + SrtpScratch.BLOCK_BYTES);
        try {
            blocks = Cipher.getInstance("AES/ECB/NoPadding");
            blocks.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keyAndSalt, 0, keyBytes, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES", e);
        } finally {
            Arrays.fill(keyAndSalt, (byte) 0);
        }
    }

    /** The cipher for the packets of RTP or RTCP. */
    PacketCipher cipher(boolean rtcp) {
        int label = rtcp ? 3 : 0;
        byte[] key = derive(label, suite.keyBytes());
        byte[] authenticationKey = derive(label + 1, AUTHENTICATION_KEY_BYTES);
        byte[] sessionSalt = derive(label + 2, suite.saltBytes());
        try {
            return suite.aead()
                    ? new GcmCipher(key, sessionSalt, rtcp)
                    : new CounterModeCipher(
                            key, sessionSalt, authenticationKey, rtcp ? suite.rtcpTagBytes() : suite.rtpTagBytes());
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(authenticationKey, (byte) 0);
        }
    }

    byte[] derive(int label, int length) {
        int blockBytes = SrtpScratch.BLOCK_BYTES;
        byte[] counters = new byte[(length + blockBytes - 1) / blockBytes * blockBytes];
        for (int at = 0; at < counters.length; at += blockBytes) {
            System.arraycopy(salt, 0, counters, at, blockBytes);
            counters[at + LABEL_AT] ^= (byte) label;
            counters[at + blockBytes - 1] = (byte) (at / blockBytes);
        }
        try {
            byte[] stream = blocks.doFinal(counters);
            byte[] derived = Arrays.copyOf(stream, length);
            Arrays.fill(stream, (byte) 0);
            return derived;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // only when these weren't whole blocks
        }
    }
}
