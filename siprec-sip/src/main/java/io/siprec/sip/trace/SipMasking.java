package io.siprec.sip.trace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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

    /** The same octets with those of secrets replaced by as many {@code *}: every length in the message stays right. */
    public static byte[] blank(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1); // one character an octet
        return mask(text, new Secrets("*"::repeat)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The text, masked. */
    public static String mask(String text) {
        return mask(text, new Secrets(length -> "***"));
    }

    private static String mask(String text, Secrets secrets) {
        StringBuilder out = new StringBuilder(text.length());
        int start = 0;
        while (start < text.length()) {
            int end = endOfLine(text, start);
            boolean both = text.startsWith("\r\n", end);
            int next = Math.min(text.length(), end + (both ? 2 : 1));
            secrets.mask(text.substring(start, end), out);
            out.append(text, end, next);
            start = next;
        }
        return out.toString();
    }

    /** Some take CR alone as a line end: so must who looks for secrets. */
    private static int endOfLine(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }
}
