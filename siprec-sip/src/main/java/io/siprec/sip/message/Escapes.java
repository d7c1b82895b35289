package io.siprec.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The {@code %41} escapes of URIs (RFC 3261 section 19.1.2). */
final class Escapes {
    private static final String RESERVED = ";/?:@&=+$,";

    private Escapes() {}

    /** The text behind the escapes, each decoded once; a percent sign that starts none stands for itself. */
    static String decoded(byte[] bytes, int from, int to) {
        if (Octets.find(bytes, from, to, '%') < 0) {
            return Octets.text(bytes, from, to);
        }
        byte[] plain = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            int octet = escapeAt(bytes, i, to);
            plain[length++] = octet < 0 ? bytes[i] : (byte) octet;
            i += octet < 0 ? 0 : 2;
        }
        return Octets.text(plain, 0, length);
    }

    /**
     * The same part of a URI always in the same way: what needs no escape has none, as an escape of a reserved character
     * means something else than the character (section 19.1.4).
     */
    static String normalized(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            int octet = escapeAt(bytes, i, to);
            int c = octet < 0 ? bytes[i] & 0xFF : octet;
            boolean keep = octet >= 0 && (RESERVED.indexOf(c) >= 0 || c == '%');
            text.append(keep ? "%" + (char) c : String.valueOf((char) c));
            i += octet < 0 ? 0 : 2;
        }
        return text.toString();
    }

    private static int escapeAt(byte[] bytes, int at, int to) {
        if (bytes[at] != '%' || at + 2 >= to) {
            return -1;
        }
        int high = Character.digit(bytes[at + 1], 16);
        int low = Character.digit(bytes[at + 2], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** The text with escapes for all but letters, digits and the characters of {@code plain}. */
    static String encoded(String text, String plain) {
        StringBuilder encoded = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(UTF_8)) {
            boolean letterOrDigit = b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
            if (letterOrDigit || plain.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b));
            }
        }
        return encoded.toString();
    }
}
