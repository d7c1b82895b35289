package io.siprec.sip.message;

/**
 * Walks over start line and headers and makes the index. The first fault is kept and the walk goes on within the limits,
 * so that the sender of a faulty request can be answered.
 */
final class HeadReader {
    private final byte[] bytes;
    private final SipParser.Bounds bounds;
    private final HeaderIndex index;
    private int start;
    private int lineEnd;
    private int bodyStart;
    private SipParseException fault;

    HeadReader(byte[] bytes, SipParser.Bounds bounds) {
        this.bytes = bytes;
        this.bounds = bounds;
        this.index = new HeaderIndex(bytes);
    }

    void read() throws SipParseException {
        if (bytes.length > bounds.messageBytes()) {
            fault(513, "Message over " + bounds.messageBytes() + " bytes");
        }
        while (start < bytes.length && (bytes[start] == '\r' || bytes[start] == '\n')) {
            start++;
        }
        int next = nextLine(start);
        lineEnd = contentEnd(start, next);
        if (lineEnd == start || lineEnd - start > bounds.lineBytes()) {
            throw new SipParseException(400, "No start line");
        }
        readHeaders(next);
    }

    private void readHeaders(int first) {
        int at = first;
        while (at < bytes.length) {
            int next = nextLine(at);
            int end = contentEnd(at, next);
            if (end == at) {
                bodyStart = next;
                return;
            }
            header(at, end);
            at = next;
        }
        bodyStart = bytes.length;
    }

    private void header(int at, int end) {
        if (Tokens.isBlank(bytes[at])) {
            fold(end);
        } else if (index.count() == bounds.headers()) {
            fault(513, "Over " + bounds.headers() + " headers");
        } else {
            if (end - at > bounds.lineBytes()) {
                fault(513, "Header line over " + bounds.lineBytes() + " bytes");
            }
            nameAndValue(at, end);
        }
    }

    private void fold(int end) {
        if (index.count() == 0) {
            fault(400, "Header section starts with a folded line");
            return;
        }
        if (end - index.lineStart(index.count() - 1) > bounds.lineBytes()) {
            fault(513, "Header line over " + bounds.lineBytes() + " bytes");
        }
        index.extend(end);
    }

    private void nameAndValue(int at, int end) {
        int nameEnd = at;
        while (nameEnd < end && Tokens.isTokenChar(bytes[nameEnd])) {
            nameEnd++;
        }
        int colon = nameEnd;
        while (colon < end && Tokens.isBlank(bytes[colon])) {
            colon++;
        }
        if (nameEnd == at || colon == end || bytes[colon] != ':') {
            fault(400, "Bad header line " + (index.count() + 1));
            return;
        }
        index.add(at, nameEnd, colon + 1, end);
    }

    private void fault(int status, String message) {
        if (fault == null) {
            fault = new SipParseException(status, message);
        }
    }

    private int nextLine(int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return bytes.length;
    }

    private int contentEnd(int from, int next) {
        int end = next;
        if (end > from && bytes[end - 1] == '\n') {
            end--;
        }
        if (end > from && bytes[end - 1] == '\r') {
            end--;
        }
        return end;
    }

    HeaderIndex index() {
        return index;
    }

    int start() {
        return start;
    }

    int lineEnd() {
        return lineEnd;
    }

    int bodyStart() {
        return bodyStart;
    }

    int available() {
        return bytes.length - bodyStart;
    }

    SipParseException fault() {
        return fault;
    }
}
