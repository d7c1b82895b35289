package io.siprec.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Where each header of a message lies in its bytes. Nothing becomes text before somebody asks for it. */
final class HeaderIndex {
    private static final int FIELDS = 4;

    private final byte[] bytes;
    private int[] fields = new int[24 * FIELDS];
    private int count;

    HeaderIndex(byte[] bytes) {
        this.bytes = bytes;
    }

    void add(int nameStart, int nameEnd, int valueStart, int valueEnd) {
        int at = count * FIELDS;
        if (at == fields.length) {
            fields = Arrays.copyOf(fields, at * 2);
        }
        fields[at] = nameStart;
        fields[at + 1] = nameEnd;
        fields[at + 2] = valueStart;
        fields[at + 3] = valueEnd;
        count++;
    }

    /** The last header goes on in a folded line (RFC 3261 section 7.3.1). */
    void extend(int valueEnd) {
        int at = (count - 1) * FIELDS;
        fields[at + 3] = valueEnd;
    }

    int lineStart(int header) {
        return fields[header * FIELDS];
    }

    int count() {
        return count;
    }

    /** The first header from {@code from} on with this name or its compact form, or -1. */
    int find(String name, int from) {
        int compact = CompactForms.of(name);
        for (int i = from; i < count; i++) {
            int start = fields[i * FIELDS];
            int length = fields[i * FIELDS + 1] - start;
            if (length == name.length() ? matches(name, start) : length == 1 && compact == lower(bytes[start])) {
                return i;
            }
        }
        return -1;
    }

    private boolean matches(String name, int start) {
        for (int i = 0; i < name.length(); i++) {
            if (lower(bytes[start + i]) != lower(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }

    /** The value: trimmed, folds replaced by a blank. */
    String value(int header) {
        int start = fields[header * FIELDS + 2];
        int end = fields[header * FIELDS + 3];
        while (start < end && blankOrLineEnd(bytes[start])) {
            start++;
        }
        while (end > start && blankOrLineEnd(bytes[end - 1])) {
            end--;
        }
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\n') {
                return unfolded(start, end);
            }
        }
        return new String(bytes, start, end - start, UTF_8);
    }

    private String unfolded(int start, int end) {
        byte[] flat = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\r' || bytes[i] == '\n') {
                while (i + 1 < end && blankOrLineEnd(bytes[i + 1])) {
                    i++;
                }
                flat[length++] = ' ';
            } else {
                flat[length++] = bytes[i];
            }
        }
        return new String(flat, 0, length, UTF_8);
    }

    private static boolean blankOrLineEnd(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
