package io.siprec.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the grammar of RFC 3261 section 25.1 in place. All separators are ASCII, so the octets of other characters pass
 * through untouched; text is made only of what somebody asks for.
 */
final class Octets {
    private Octets() {}

    /** The first {@code separator} in the range that is neither quoted nor inside brackets, or {@code end}. */
    static int indexOf(byte[] bytes, int from, int end, char separator) {
        boolean quoted = false;
        boolean bracketed = false;
        for (int i = from; i < end; i++) {
            byte c = bytes[i];
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == separator && !bracketed) {
                return i;
            } else if (c == '"') {
                quoted = true;
            } else if (c == '<') {
                bracketed = true;
            } else if (c == '>') {
                bracketed = false;
            }
        }
        return end;
    }

    /** The first {@code c} in the range, or -1. */
    static int find(byte[] bytes, int from, int end, char c) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == c) {
                return i;
            }
        }
        return -1;
    }

    /** The last {@code c} in the range, or -1. */
    static int findLast(byte[] bytes, int from, int end, char c) {
        for (int i = end - 1; i >= from; i--) {
            if (bytes[i] == c) {
                return i;
            }
        }
        return -1;
    }

    static int skipBlanks(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && Tokens.isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    static int skipBlanksBack(byte[] bytes, int from, int end) {
        int at = end;
        while (at > from && Tokens.isBlank(bytes[at - 1])) {
            at--;
        }
        return at;
    }

    /** Where the blanks or the end after a word are. */
    static int wordEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && !Tokens.isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    static String text(byte[] bytes, int start, int end) {
        return start == end ? "" : new String(bytes, start, end - start, UTF_8);
    }

    /** The text without the blanks around it. */
    static String trimmed(byte[] bytes, int from, int to) {
        int start = skipBlanks(bytes, from, to);
        return text(bytes, start, skipBlanksBack(bytes, start, to));
    }

    static boolean equalsIgnoreCase(byte[] bytes, int start, int end, String name) {
        if (end - start != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            byte have = bytes[start + i];
            char want = name.charAt(i);
            if (have != want && Tokens.lower(have) != Tokens.lower(want)) {
                return false;
            }
        }
        return true;
    }

    /** The number that the whole range is, or -1 when it is none or is over {@code max}. */
    static long number(byte[] bytes, int start, int end, long max) {
        if (start == end) {
            return -1;
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
            if (value > max) {
                return -1;
            }
        }
        return value;
    }

    /** The index after the quoted string that starts at {@code start}, or -1 when it has no end. */
    static int afterQuoted(byte[] bytes, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            if (bytes[i] == '\\') {
                i++;
            } else if (bytes[i] == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    /** What a quoted string says; other text as it is, without the blanks around it. */
    static String unquoted(byte[] bytes, int from, int to) {
        int start = skipBlanks(bytes, from, to);
        int end = skipBlanksBack(bytes, start, to);
        if (end - start < 2 || bytes[start] != '"' || bytes[end - 1] != '"') {
            return text(bytes, start, end);
        }
        if (find(bytes, start, end, '\\') < 0) {
            return text(bytes, start + 1, end - 1);
        }
        byte[] plain = new byte[end - start];
        int length = 0;
        for (int i = start + 1; i < end - 1; i++) {
            if (bytes[i] == '\\' && i + 1 < end - 1) {
                i++;
            }
            plain[length++] = bytes[i];
        }
        return text(plain, 0, length);
    }

    /** The trimmed, non-empty elements of a comma-separated list (RFC 3261 section 7.3.1). */
    static List<Slice> elements(Slice list) {
        List<Slice> elements = new ArrayList<>(4);
        int start = list.start();
        while (start < list.end()) {
            int end = indexOf(list.bytes(), start, list.end(), ',');
            Slice element = new Slice(list.bytes(), start, end).trim();
            if (element.length() > 0) {
                elements.add(element);
            }
            start = end + 1;
        }
        return elements;
    }
}
