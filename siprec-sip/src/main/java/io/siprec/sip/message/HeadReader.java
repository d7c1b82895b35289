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

    private int next; // of the line read last: where the one after it starts
    private boolean lineBroken; // and whether a carriage return stands inside of it

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
        lineEnd = readLine(start);
        if (lineEnd == start || lineEnd - start > bounds.lineBytes()) {
            throw new SipParseException(400, "No start line");
        }
        readHeaders();
    }

    private void readHeaders() {
        int at = next;
        while (at < bytes.length) {
            int nameEnd = at;
            while (nameEnd < bytes.length && Tokens.isTokenChar(bytes[nameEnd])) {
                nameEnd++;
            }
            int end = readLine(nameEnd);
            if (end == at) {
                bodyStart = next;
                return;
            }
            header(at, nameEnd, end);
            at = next;
        }
        bodyStart = bytes.length;
    }

    private void header(int at, int nameEnd, int end) {
        if (Tokens.isBlank(bytes[at])) {
            fold(end);
        } else if (index.count() == bounds.headers()) {
            fault(513, "Over " + bounds.headers() + " headers");
        } else {
            if (end - at > bounds.lineBytes()) {
                fault(513, "Header line over " + bounds.lineBytes() + " bytes");
            }
            nameAndValue(at, nameEnd, end);
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

    private void nameAndValue(int at, int nameEnd, int end) {
        int colon = Octets.skipBlanks(bytes, nameEnd, end);
        if (nameEnd == at || colon == end || bytes[colon] != ':' || nameEnd - at > HeaderIndex.MAX_NAME_LENGTH) {
            fault(400, "Bad header line " + (index.count() + 1));
            return;
        }
        index.add(at, nameEnd, colon + 1, end, lineBroken);
    }

    private void fault(int status, String message) {
        if (fault == null) {
            fault = new SipParseException(status, message);
        }
    }

    /** Where the line's content ends; sets {@link #next}. */
    private int readLine(int from) {
        int returns = 0;
        for (int i = from; i < bytes.length; i++) {
            byte c = bytes[i];
            if (c == '\n') {
                boolean whole = i > from && bytes[i - 1] == '\r';
                next = i + 1;
                lineBroken = returns > (whole ? 1 : 0);
                return whole ? i - 1 : i;
            }
            if (c == '\r') {
                returns++;
            }
        }
        boolean whole = bytes.length > from && bytes[bytes.length - 1] == '\r';
        next = bytes.length;
        lineBroken = returns > (whole ? 1 : 0);
        return whole ? bytes.length - 1 : bytes.length;
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
