package io.siprec.core.sdp;

/** Reads decimal digits and nothing else. */
final class Numbers {
    private static final int MAX_DIGITS = 18;

    private Numbers() {}

    /** The number, or -1 where {@code text} is not one from 0 to {@code max}. */
    static int parse(String text, int max) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) return -1;
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') return -1;
            value = value * 10 + (c - '0');
        }
        return value <= max ? (int) value : -1;
    }
}
