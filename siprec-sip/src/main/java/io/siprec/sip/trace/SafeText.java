package io.siprec.sip.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/** Octets as text that can't do harm where it is shown: UTF-8 where it is, escapes elsewhere; line ends become LF. */
final class SafeText {
    private final StringBuilder out;

    private SafeText(int length) {
        out = new StringBuilder(length + 16);
    }

    static String of(ByteBuffer octets) {
        SafeText text = new SafeText(octets.remaining());
        text.decode(octets.duplicate());
        return text.out.toString();
    }

    private void decode(ByteBuffer in) {
        CharsetDecoder decoder = UTF_8.newDecoder(); // reports what is malformed, and how long that is
        CharBuffer chars = CharBuffer.allocate(in.remaining());
        while (in.hasRemaining()) {
            CoderResult result = decoder.decode(in, chars, true);
            chars.flip();
            append(chars);
            chars.clear();
            if (result.isError()) {
                for (int i = 0; i < result.length(); i++) {
                    octet(in.get() & 0xff);
                }
            }
        }
    }

    private void append(CharBuffer chars) {
        for (int i = 0; i < chars.length(); i++) {
            char c = chars.charAt(i);
            boolean lineEnd = c == '\r' && i + 1 < chars.length() && chars.charAt(i + 1) == '\n';
            if (lineEnd) {
                continue;
            }
            if (c == '\n' || c == '\t' || harmless(c)) {
                out.append(c);
            } else if (c == '\r') {
                out.append("\\x0d\n"); // some take it as a line end: so must who looks for secrets
            } else if (c < 0x80) {
                octet(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
    }

    private void octet(int value) {
        out.append("\\x").append(Character.forDigit(value >> 4, 16)).append(Character.forDigit(value & 15, 16));
    }

    /** No control or format character, of which some turn the direction of the text around, and no line end of Unicode. */
    private static boolean harmless(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
