package io.siprec.rtp.srtp;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in counter mode with HMAC-SHA1 (RFC 3711 §4.1.1, §4.2.1). The counters are encrypted as plain blocks and the HMAC is
 * composed of its two hashes: unlike a cipher that is given an initial vector for each packet, and a {@code Mac}, neither
 * allocates.
 */
final class CounterModeCipher implements PacketCipher {
    private static final int HASH_BLOCK_BYTES = 64;

    private final Cipher blocks;
    private final long saltHigh; // of the 14 bytes and the two zeros of the block counter
    private final long saltLow;
    private final byte[] innerPad;
    private final byte[] outerPad;
    private final int tagBytes;

    CounterModeCipher(byte[] key, byte[] salt, byte[] authenticationKey, int tagBytes) {
        try {
            blocks = Cipher.getInstance("AES/ECB/NoPadding");
            blocks.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES", e);
        }
        ByteBuffer filled = ByteBuffer.wrap(Arrays.copyOf(salt, SrtpScratch.BLOCK_BYTES));
        this.saltHigh = filled.getLong();
        this.saltLow = filled.getLong();
        this.innerPad = pad(authenticationKey, 0x36);
        this.outerPad = pad(authenticationKey, 0x5c);
        this.tagBytes = tagBytes;
    }

    private static byte[] pad(byte[] key, int filler) {
        byte[] pad = Arrays.copyOf(key, HASH_BLOCK_BYTES);
        for (int i = 0; i < pad.length; i++) {
            pad[i] ^= (byte) filler;
        }
        return pad;
    }

    @Override
    public boolean open(SrtpScratch s, int clearBytes, int endBytes, int tagAt, int word, int ssrc, long index) {
        authenticate(s, endBytes, word);
        int difference = 0;
        for (int i = 0; i < tagBytes; i++) { // all of them: the time tells nothing about the tag
            difference |= s.tag[i] ^ s.packet[tagAt + i];
        }
        if (difference != 0) {
            return false;
        }
        crypt(s, clearBytes, endBytes, ssrc, index);
        return true;
    }

    @Override
    public void seal(SrtpScratch s, int clearBytes, int endBytes, int tagAt, int word, int ssrc, long index) {
        crypt(s, clearBytes, endBytes, ssrc, index);
        authenticate(s, endBytes, word);
        System.arraycopy(s.tag, 0, s.packet, tagAt, tagBytes);
    }

    private void authenticate(SrtpScratch s, int endBytes, int word) {
        SrtpScratch.put(s.word, 0, word);
        try {
            s.sha1.update(innerPad);
            s.sha1.update(s.packet, 0, endBytes);
            s.sha1.update(s.word);
            s.sha1.digest(s.tag, 0, s.tag.length);
            s.sha1.update(outerPad);
            s.sha1.update(s.tag);
            s.sha1.digest(s.tag, 0, s.tag.length);
        } catch (DigestException e) {
            throw new IllegalStateException(e); // only when the tag had no room
        }
    }

    private void crypt(SrtpScratch s, int clearBytes, int endBytes, int ssrc, long index) {
        int length = endBytes - clearBytes;
        int padded = length + SrtpScratch.BLOCK_BYTES - 1 & -SrtpScratch.BLOCK_BYTES;
        long high = saltHigh ^ ssrc & 0xffff_ffffL;
        long low = saltLow ^ index << 16;
        for (int at = 0; at < padded; at += SrtpScratch.BLOCK_BYTES) {
            s.counterWords.putLong(at, high);
            s.counterWords.putLong(at + 8, low++); // the last 16 bits count the blocks
        }
        try {
            blocks.update(s.counters, 0, padded, s.work, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException(e); // the work buffer holds the longest packet
        }
        for (int i = 0; i < length; i++) {
            s.packet[clearBytes + i] ^= s.work[i];
        }
    }
}
