package io.siprec.sip.message;

import java.util.ArrayList;
import java.util.List;

/** Finds separators outside of quoted strings and angle brackets (RFC 3261 section 25.1). */
final class TextScanner {
    private TextScanner() {}

    /** The first {@code separator} from {@code from} on that is neither quoted nor inside brackets, or -1. */
    static int indexOf(String text, char separator, int from) {
        boolean quoted = false;
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == separator && depth == 0) {
                return i;
            } else if (c == '"') {
                quoted = true;
            } else if (c == '<') {
                depth = 1;
            } else if (c == '>') {
                depth = 0;
            }
        }
        return -1;
    }

    /** The trimmed, non-empty elements of a comma-separated list, added to {@code into}. */
    static void splitList(String text, List<String> into) {
        int start = 0;
        while (start <= text.length()) {
            int end = indexOf(text, ',', start);
            end = end < 0 ? text.length() : end;
            String part = text.substring(start, end).trim();
            if (!part.isEmpty()) {
                into.add(part);
            }
            start = end + 1;
        }
    }

    static List<String> splitList(String text) {
        List<String> parts = new ArrayList<>(4);
        splitList(text, parts);
        return parts;
    }

    /** The index after the quoted string that starts at {@code start}, or -1 when it has no end. */
    static int afterQuoted(String text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    /** What a quoted string says; other text as it is. */
    static String unquote(String text) {
        if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
            return text;
        }
        String inner = text.substring(1, text.length() - 1);
        if (inner.indexOf('\\') < 0) {
            return inner;
        }
        StringBuilder plain = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            plain.append(c == '\\' && i + 1 < inner.length() ? inner.charAt(++i) : c);
        }
        return plain.toString();
    }
}
