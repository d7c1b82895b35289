package io.siprec.sip.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Nonces that no table holds (RFC 7616 section 3.3): the time of issue, a number that no other nonce has, and our signature
 * of both and of the realm. So a challenge costs no memory, and each loop, and each node with our key, can check it. Any
 * thread.
 */
final class Nonces {
    private static final int SIGNED_BYTES = 2 * Long.BYTES;
    private static final int CHARS = 43; // of Base64 without padding, for 32 bytes

    private final Signer signer;
    private final byte[] realm;
    private final AtomicLong next = new AtomicLong(new SecureRandom().nextLong());

    /**
     * A nonce of ours.
     *
     * @param number unique among all nonces, so that it can stand for the whole one
     */
    record Nonce(long issuedMs, long number) {}

    Nonces(Signer signer, String realm) {
        this.signer = signer;
        this.realm = realm.getBytes(UTF_8);
    }

    String issue(long nowMs) {
        byte[] signed = ByteBuffer.allocate(SIGNED_BYTES)
                .putLong(nowMs)
                .putLong(next.incrementAndGet())
                .array();
        byte[] whole = ByteBuffer.allocate(SIGNED_BYTES + Signer.BYTES)
                .put(signed)
                .put(signer.sign(signed, realm))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** Takes a nonce apart; empty when we did not make it. */
    Optional<Nonce> read(String text) {
        if (text.length() != CHARS) {
            return Optional.empty();
        }
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(whole);
        byte[] signed = new byte[SIGNED_BYTES];
        byte[] signature = new byte[Signer.BYTES];
        buffer.get(signed).get(signature);
        if (!MessageDigest.isEqual(signature, signer.sign(signed, realm))) {
            return Optional.empty();
        }
        buffer.rewind();
        return Optional.of(new Nonce(buffer.getLong(), buffer.getLong()));
    }
}
