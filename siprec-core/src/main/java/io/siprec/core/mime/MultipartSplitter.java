package io.siprec.core.mime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the parts of one multipart by its delimiter lines (RFC 2046 §5.1.1): in one pass, LF line ends and blanks
 * behind a delimiter included.
 */
final class MultipartSplitter {
    /** A stretch of the body, {@code to} excluded. */
    record Range(int from, int to) {
        boolean isEmpty() {
            return from >= to;
        }
    }

    private enum Line {
        OTHER,
        DELIMITER,
        CLOSE
    }

    private final byte[] body;
    private final Range range;
    private final byte[] delimiter;
    private final List<Range> parts = new ArrayList<>();
    private boolean closed;

    MultipartSplitter(byte[] body, Range range, String boundary) {
        this.body = body;
        this.range = range;
        this.delimiter = ("--" + boundary).getBytes(UTF_8);
    }

    /** The parts with their headers; not more than {@code maxParts}. Empty when the boundary never occurs. */
    List<Range> split(int maxParts) throws MimeException {
        int partStart = -1;
        int line = range.from();
        while (line < range.to() && !closed) {
            int next = nextLine(line);
            Line kind = kindOf(line, next);
            if (kind != Line.OTHER) {
                if (partStart >= 0) addPart(partStart, withoutLineEnd(partStart, line), maxParts);
                partStart = next;
                closed = kind == Line.CLOSE;
            }
            line = next;
        }
        if (!closed && partStart >= 0 && partStart < range.to()) addPart(partStart, range.to(), maxParts);
        return parts;
    }

    /** True when {@link #split} met the closing delimiter. */
    boolean closed() {
        return closed;
    }

    private void addPart(int from, int to, int maxParts) throws MimeException {
        if (parts.size() >= maxParts) throw new MimeException("too many body parts");
        parts.add(new Range(from, to));
    }

    private int nextLine(int from) {
        int at = from;
        while (at < range.to() && body[at] != '\n') at++;
        return Math.min(at + 1, range.to());
    }

    /** The line end before a delimiter belongs to the delimiter. */
    private int withoutLineEnd(int from, int line) {
        int end = line;
        if (end > from && body[end - 1] == '\n') end--;
        if (end > from && end < line && body[end - 1] == '\r') end--;
        return end;
    }

    private Line kindOf(int line, int next) {
        int at = line + delimiter.length;
        if (at > next || body[line] != '-') return Line.OTHER;
        for (int i = 0; i < delimiter.length; i++) {
            if (body[line + i] != delimiter[i]) return Line.OTHER;
        }
        boolean close = at + 1 < next && body[at] == '-' && body[at + 1] == '-';
        for (int i = close ? at + 2 : at; i < next; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r' && body[i] != '\n') return Line.OTHER;
        }
        return close ? Line.CLOSE : Line.DELIMITER;
    }
}
