package io.siprec.sip.message;

/** Character classes of RFC 3261 section 25.1. */
final class Tokens {
    private static final String EXTRA = "-.!%*_+`'~";

    private Tokens() {}

    static boolean isTokenChar(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c < 128 && EXTRA.indexOf(c) >= 0;
    }

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    /** The number that the whole text is, or -1 when it is none or is over {@code max}. */
    static long number(String text, long max) {
        if (text.isEmpty()) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
            if (value > max) {
                return -1;
            }
        }
        return value;
    }
}
