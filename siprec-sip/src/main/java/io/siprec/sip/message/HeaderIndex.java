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

    /** The value as text: trimmed, folds replaced by a blank. */
    String value(int header) {
        int start = start(header);
        int end = end(header, start);
        if (flat(start, end)) {
            return new String(bytes, start, end - start, UTF_8);
        }
        byte[] unfolded = unfolded(start, end);
        return new String(unfolded, 0, unfolded.length, UTF_8);
    }

    /** The value as above, with the bytes of a sender that writes another encoding than UTF-8. */
    byte[] rawValue(int header) {
        int start = start(header);
        int end = end(header, start);
        return flat(start, end) ? Arrays.copyOfRange(bytes, start, end) : unfolded(start, end);
    }

    private int start(int header) {
        int start = fields[header * FIELDS + 2];
        int limit = fields[header * FIELDS + 3];
        while (start < limit && blankOrLineEnd(bytes[start])) {
            start++;
        }
        return start;
    }

    private int end(int header, int start) {
        int end = fields[header * FIELDS + 3];
        while (end > start && blankOrLineEnd(bytes[end - 1])) {
            end--;
        }
        return end;
    }

    private boolean flat(int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                return false;
            }
        }
        return true;
    }

    /** A carriage return alone counts as a fold too: no value holds a line end. */
    private byte[] unfolded(int start, int end) {
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
        return Arrays.copyOf(flat, length);
    }

    private static boolean blankOrLineEnd(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
