package io.siprec.sip.message;

import java.util.Arrays;

/** Where each header of a message lies in its bytes. Nothing becomes text before somebody asks for it. */
final class HeaderIndex {
    private static final int FIELDS = 4; // start of the line, start and end of the value, name
    private static final int UNKNOWN = 63;
    private static final int FOLDED = 64;
    private static final int NAME_LENGTH_SHIFT = 7;

    /** The longest name that the index holds: far over any limit for a line. */
    static final int MAX_NAME_LENGTH = 0xFF_FFFF;

    private final byte[] bytes;
    private int[] fields = new int[24 * FIELDS];
    private int count;
    private long present; // one bit for each known header
    private long repeated;

    HeaderIndex(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    void add(int nameStart, int nameEnd, int valueStart, int valueEnd, boolean folded) {
        KnownHeader known = KnownHeader.of(bytes, nameStart, nameEnd);
        int number = known == null ? UNKNOWN : known.ordinal();
        int at = count * FIELDS;
        if (at == fields.length) {
            fields = Arrays.copyOf(fields, at * 2);
        }
        fields[at] = nameStart;
        fields[at + 1] = valueStart;
        fields[at + 2] = valueEnd;
        fields[at + 3] = (nameEnd - nameStart) << NAME_LENGTH_SHIFT | number | (folded ? FOLDED : 0);
        trim(at);
        count++;
        long bit = 1L << number;
        repeated |= present & bit;
        present |= bit;
    }

    /** The last header goes on in a folded line (RFC 3261 section 7.3.1); it is trimmed when it is read. */
    void extend(int valueEnd) {
        int at = (count - 1) * FIELDS;
        fields[at + 2] = valueEnd;
        fields[at + 3] |= FOLDED;
    }

    private void trim(int at) {
        int start = fields[at + 1];
        int end = fields[at + 2];
        while (start < end && blankOrLineEnd(bytes[start])) {
            start++;
        }
        while (end > start && blankOrLineEnd(bytes[end - 1])) {
            end--;
        }
        fields[at + 1] = start;
        fields[at + 2] = end;
    }

    int lineStart(int header) {
        return fields[header * FIELDS];
    }

    int count() {
        return count;
    }

    boolean has(KnownHeader name) {
        return (present & 1L << name.ordinal()) != 0;
    }

    boolean isRepeated(KnownHeader name) {
        return (repeated & 1L << name.ordinal()) != 0;
    }

    /** The first header from {@code from} on with this name, or -1. */
    int find(KnownHeader name, int from) {
        int number = name.ordinal();
        if ((present & 1L << number) == 0) {
            return -1;
        }
        for (int i = from; i < count; i++) {
            if ((fields[i * FIELDS + 3] & UNKNOWN) == number) {
                return i;
            }
        }
        return -1;
    }

    /** The first header from {@code from} on with this name in its long or compact form, or -1. */
    int find(String name, int from) {
        KnownHeader known = KnownHeader.of(name);
        return known == null ? findUnknown(name, from) : find(known, from);
    }

    private int findUnknown(String name, int from) {
        for (int i = from; i < count; i++) {
            int start = lineStart(i);
            if ((fields[i * FIELDS + 3] & UNKNOWN) == UNKNOWN
                    && Octets.equalsIgnoreCase(bytes, start, nameEnd(i), name)) {
                return i;
            }
        }
        return -1;
    }

    private int nameEnd(int header) {
        return lineStart(header) + (fields[header * FIELDS + 3] >>> NAME_LENGTH_SHIFT);
    }

    /** The name as it was written. */
    String name(int header) {
        int start = lineStart(header);
        KnownHeader known = KnownHeader.of(bytes, start, nameEnd(header));
        boolean same = known != null && known.label().length() > 1 && named(header, known.label());
        return same ? known.label() : Octets.text(bytes, start, nameEnd(header));
    }

    private boolean named(int header, String label) {
        int start = lineStart(header);
        for (int i = 0; i < label.length(); i++) {
            if (start + i >= nameEnd(header) || bytes[start + i] != label.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The value: trimmed, folds replaced by a blank, its octets as they came. */
    Slice slice(int header) {
        int at = header * FIELDS;
        int start = fields[at + 1];
        int end = fields[at + 2];
        return (fields[at + 3] & FOLDED) == 0 ? new Slice(bytes, start, end) : unfolded(start, end);
    }

    /** The value as text. */
    String value(int header) {
        int at = header * FIELDS;
        return (fields[at + 3] & FOLDED) == 0
                ? Octets.text(bytes, fields[at + 1], fields[at + 2])
                : slice(header).text();
    }

    /** A carriage return alone counts as a fold too: no value holds a line end. */
    private Slice unfolded(int from, int to) {
        int start = from;
        int end = to;
        while (start < end && blankOrLineEnd(bytes[start])) {
            start++;
        }
        while (end > start && blankOrLineEnd(bytes[end - 1])) {
            end--;
        }
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
        return new Slice(flat, 0, length);
    }

    private static boolean blankOrLineEnd(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
