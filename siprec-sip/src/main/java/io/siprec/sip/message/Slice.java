package io.siprec.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Some of the octets of an array that nobody changes. */
record Slice(byte[] bytes, int start, int end) {
    static final Slice EMPTY = new Slice(new byte[0], 0, 0);

    static Slice of(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new Slice(bytes, 0, bytes.length);
    }

    int length() {
        return end - start;
    }

    String text() {
        return Octets.text(bytes, start, end);
    }

    /** Without the blanks around it. */
    Slice trim() {
        int first = Octets.skipBlanks(bytes, start, end);
        return new Slice(bytes, first, Octets.skipBlanksBack(bytes, first, end));
    }

    /** These octets with the ASCII {@code text} in place of those from {@code from} to {@code to}. */
    Slice replaced(int from, int to, String text) {
        byte[] added = text.getBytes(UTF_8);
        byte[] joined = new byte[length() - (to - from) + added.length];
        System.arraycopy(bytes, start, joined, 0, from - start);
        System.arraycopy(added, 0, joined, from - start, added.length);
        System.arraycopy(bytes, to, joined, from - start + added.length, end - to);
        return new Slice(joined, 0, joined.length);
    }

    Slice plus(String text) {
        return replaced(end, end, text);
    }
}
