package io.siprec.rtp.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM (RFC 7714 §8, §9); the tag lies right behind the encrypted part. The JDK's cipher takes the initial vector of each
 * packet as a new object, and throws one for each wrong tag: this one allocates.
 */
final class GcmCipher implements PacketCipher {
    private static final int TAG_BYTES = 16;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final byte[] salt;
    private final byte[] iv = new byte[12];
    private final boolean rtcp;

    GcmCipher(byte[] key, byte[] salt, boolean rtcp) {
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES-GCM", e);
        }
        this.key = new SecretKeySpec(key, "AES");
        this.salt = salt;
        this.rtcp = rtcp;
    }

    @Override
    public boolean open(SrtpScratch s, int clearBytes, int endBytes, int tagAt, int word, int ssrc, long index) {
        try {
            int length = endBytes - clearBytes;
            start(Cipher.DECRYPT_MODE, s, clearBytes, word, ssrc, index);
            cipher.doFinal(s.packet, clearBytes, length + TAG_BYTES, s.work, 0);
            System.arraycopy(s.work, 0, s.packet, clearBytes, length);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void seal(SrtpScratch s, int clearBytes, int endBytes, int tagAt, int word, int ssrc, long index) {
        try {
            int length = endBytes - clearBytes;
            start(Cipher.ENCRYPT_MODE, s, clearBytes, word, ssrc, index);
            cipher.doFinal(s.packet, clearBytes, length, s.work, 0);
            System.arraycopy(s.work, 0, s.packet, clearBytes, length);
            System.arraycopy(s.work, length, s.packet, tagAt, TAG_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void start(int mode, SrtpScratch s, int clearBytes, int word, int ssrc, long index)
            throws GeneralSecurityException {
        System.arraycopy(salt, 0, iv, 0, iv.length);
        for (int i = 0; i < 4; i++) {
            iv[2 + i] ^= (byte) (ssrc >>> 24 - 8 * i);
        }
        for (int i = 0; i < 6; i++) {
            iv[6 + i] ^= (byte) (index >>> 40 - 8 * i);
        }
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, iv));
        cipher.updateAAD(s.packet, 0, clearBytes);
        if (rtcp) {
            SrtpScratch.put(s.word, 0, word);
            cipher.updateAAD(s.word);
        }
    }
}
