package io.siprec.sip.message;

import java.util.Arrays;

/**
 * Writes start line, headers, Content-Length and body into one array of exactly their size: what is not ASCII text becomes
 * octets when it is added, so that the size is known before the first octet is written.
 */
final class MessageWriter {
    private static final int LINE_EXTRA = 4; // colon, blank, line end

    private final Object startLine; // ASCII String or Slice, as the values are
    private String[] names = new String[20];
    private Object[] values = new Object[20];
    private int count;
    private String contentType = "";
    private Slice body = Slice.EMPTY;

    MessageWriter(String startLine) {
        this.startLine = octets("Start-Line", startLine);
    }

    void header(String name, String value) {
        add(name, octets(name, value));
    }

    void header(String name, HeaderValue value) {
        add(name, octets(name, value));
    }

    /** A value of another message, which has no line end. */
    void header(String name, Slice value) {
        add(name, value);
    }

    private void add(String name, Object value) {
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
            values = Arrays.copyOf(values, count * 2);
        }
        names[count] = name;
        values[count++] = value;
    }

    void set(String name, String value) {
        set(name, octets(name, value));
    }

    void set(String name, HeaderValue value) {
        set(name, octets(name, value));
    }

    private void set(String name, Object value) {
        int at = find(name);
        if (at < 0) {
            add(name, value);
            return;
        }
        values[at] = value;
        removeFrom(at + 1, name);
    }

    void remove(String name) {
        removeFrom(0, name);
    }

    private void removeFrom(int first, String name) {
        int kept = first;
        for (int i = first; i < count; i++) {
            if (!sameName(names[i], name)) {
                names[kept] = names[i];
                values[kept++] = values[i];
            }
        }
        count = kept;
    }

    private int find(String name) {
        for (int i = 0; i < count; i++) {
            if (sameName(names[i], name)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean sameName(String one, String other) {
        if (one.equalsIgnoreCase(other)) {
            return true;
        }
        boolean compact = one.length() == 1 || other.length() == 1;
        return compact && KnownHeader.of(one) != null && KnownHeader.of(one) == KnownHeader.of(other);
    }

    void copy(SipMessage message, String name) {
        HeaderIndex index = message.index();
        for (int i = index.find(name, 0); i >= 0; i = index.find(name, i + 1)) {
            add(index.name(i), index.slice(i));
        }
    }

    void copyAll(SipMessage message) {
        HeaderIndex index = message.index();
        for (int i = 0; i < index.count(); i++) {
            add(index.name(i), index.slice(i));
        }
        body = message.bodySlice();
    }

    void body(SipBody newBody) {
        byte[] content = newBody.content();
        contentType = content.length == 0 ? "" : newBody.contentType();
        body = new Slice(content, 0, content.length);
        remove("Content-Type"); // of the body before
    }

    SipRequest request() {
        try {
            HeaderIndex index = new HeaderIndex(new byte[complete()]);
            int bodyStart = write(index.bytes(), index);
            StartLine line = StartLine.read(index.bytes(), 0, size(startLine));
            SipUri uri = line.requestUri();
            return SipParser.checked(new SipRequest(index, bodyStart, index.bytes().length, line, uri));
        } catch (SipParseException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    SipResponse response() {
        try {
            HeaderIndex index = new HeaderIndex(new byte[complete()]);
            int bodyStart = write(index.bytes(), index);
            StartLine line = StartLine.read(index.bytes(), 0, size(startLine));
            SipResponse response = new SipResponse(index, bodyStart, index.bytes().length, line);
            MandatoryHeaders.check(response);
            return response;
        } catch (SipParseException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    byte[] bytes() {
        byte[] bytes = new byte[complete()];
        write(bytes, null);
        return bytes;
    }

    /** Adds what the body asks for; gives the size of the message. */
    private int complete() {
        if (!contentType.isEmpty()) {
            set("Content-Type", contentType);
        }
        set("Content-Length", Integer.toString(body.length()));
        int size = size(startLine) + 2;
        for (int i = 0; i < count; i++) {
            size += names[i].length() + size(values[i]) + LINE_EXTRA;
        }
        return size + 2 + body.length();
    }

    /** Fills the bytes, and the index if there is one; gives the start of the body. */
    private int write(byte[] bytes, HeaderIndex index) {
        int at = lineEnd(bytes, put(bytes, 0, startLine));
        for (int i = 0; i < count; i++) {
            int nameEnd = put(bytes, at, names[i]);
            bytes[nameEnd] = ':';
            bytes[nameEnd + 1] = ' ';
            int valueEnd = put(bytes, nameEnd + 2, values[i]);
            if (index != null) {
                index.add(at, nameEnd, nameEnd + 2, valueEnd, false);
            }
            at = lineEnd(bytes, valueEnd);
        }
        int bodyStart = lineEnd(bytes, at);
        put(bytes, bodyStart, body);
        return bodyStart;
    }

    private static int lineEnd(byte[] bytes, int at) {
        bytes[at] = '\r';
        bytes[at + 1] = '\n';
        return at + 2;
    }

    private static int size(Object value) {
        return value instanceof String text ? text.length() : ((Slice) value).length();
    }

    @SuppressWarnings("deprecation") // takes the low octet of each character: for ASCII that is all of it, and quick
    private static int put(byte[] bytes, int at, Object value) {
        if (value instanceof String text) {
            text.getBytes(0, text.length(), bytes, at);
            return at + text.length();
        }
        Slice octets = (Slice) value;
        System.arraycopy(octets.bytes(), octets.start(), bytes, at, octets.length());
        return at + octets.length();
    }

    /** The text itself when it is ASCII, else its octets. */
    private static Object octets(String name, String text) {
        boolean ascii = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            requireNoLineEnd(name, c);
            ascii &= c < 128;
        }
        return ascii ? text : Slice.of(text);
    }

    private static Object octets(String name, HeaderValue value) {
        Slice slice =
                value instanceof NameAddress address ? address.value() : value instanceof Via via ? via.value() : null;
        if (slice == null) {
            return octets(name, value.toString());
        }
        for (int i = slice.start(); i < slice.end(); i++) {
            requireNoLineEnd(name, slice.bytes()[i]);
        }
        return slice;
    }

    private static void requireNoLineEnd(String name, int c) {
        if (c == '\r' || c == '\n') {
            throw new IllegalArgumentException("line end in the value of header " + name);
        }
    }
}
