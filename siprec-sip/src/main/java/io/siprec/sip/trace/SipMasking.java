package io.siprec.sip.trace;

import java.nio.ByteBuffer;

/**
 * Makes a message fit for a log: what would let a reader decrypt a call or pass for a peer becomes {@code ***}, and octets
 * that are no text, or could trick a terminal or a log reader, become escapes. It works on malformed messages too, for it
 * looks at the text and not at a parsed message.
 *
 * <p>Masked are the keys of SDES ({@code inline:}, RFC 4568), MIKEY ({@code a=key-mgmt:}, RFC 4567), {@code k=} lines (RFC
 * 8866) and {@code a=ice-pwd:}; nonce, cnonce, response, rspauth and nextnonce of digest authentication (RFC 8760), all of an
 * Authorization with another scheme; a password in a URI; the keys that were pressed on a telephone, in bodies of type application/dtmf and application/dtmf-relay; and
 * body parts in base64, which may hold any of these.
 */
public final class SipMasking {
    private SipMasking() {}

    /** The message as lines of text, masked; the buffer's position stays. */
    public static String toText(ByteBuffer message) {
        return mask(SafeText.of(message));
    }

    /** The text, masked. */
    public static String mask(String text) {
        StringBuilder out = new StringBuilder(text.length());
        Secrets secrets = new Secrets();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int next = end < 0 ? text.length() : end + 1;
            secrets.mask(text.substring(start, end < 0 ? next : end), out);
            out.append(text, end < 0 ? next : end, next);
            start = next;
        }
        return out.toString();
    }
}
