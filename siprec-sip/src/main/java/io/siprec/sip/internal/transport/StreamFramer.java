package io.siprec.sip.internal.transport;

import io.siprec.sip.message.SipParseException;
import io.siprec.sip.message.SipParser;
import io.siprec.sip.transport.SipLimits;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts the bytes of a connection into messages by Content-Length (RFC 3261 section 18.3) and finds keep-alive pings between
 * them (RFC 5626 section 4.4.1). One per connection.
 */
final class StreamFramer {
    private static final int FIRST_SIZE = 4_096;

    private final int maxBytes;
    private byte[] buffer = new byte[0];
    private int start;
    private int end;
    private int scanned; // how far the end of the head was looked for: a slow sender causes no second scan
    private int messageLength = -1; // known once the head is there
    private int lineEnds; // in a row, before a message
    private int pings;

    StreamFramer(SipLimits limits) {
        maxBytes = limits.maxMessageBytes();
    }

    /** Takes bytes: what one read brought, after {@link #next} has given out every whole message. */
    void append(ByteBuffer in) {
        int length = in.remaining();
        if (end + length > buffer.length) {
            makeRoom(length);
        }
        in.get(buffer, end, length);
        end += length;
    }

    private void makeRoom(int length) {
        int held = end - start;
        int size = Math.max(FIRST_SIZE, buffer.length);
        while (size < held + length) {
            size *= 2;
        }
        byte[] target = size > buffer.length ? new byte[size] : buffer;
        System.arraycopy(buffer, start, target, 0, held);
        scanned -= start;
        buffer = target;
        start = 0;
        end = held;
    }

    /** The next whole message, or null when it is not all there. */
    byte[] next() throws FramingException {
        if (messageLength < 0) {
            skipLineEnds();
            int headEnd = headEnd();
            int held = (headEnd < 0 ? end : headEnd) - start;
            if (held > maxBytes) {
                throw new FramingException(513, "Headers over " + maxBytes + " bytes", head(start + held));
            }
            if (headEnd < 0) {
                return null;
            }
            messageLength = messageLength(headEnd);
        }
        if (end - start < messageLength) {
            return null;
        }
        byte[] message = Arrays.copyOfRange(buffer, start, start + messageLength);
        start += messageLength;
        startMessage();
        return message;
    }

    private void startMessage() {
        messageLength = -1;
        lineEnds = 0;
        scanned = start;
        if (start == end) {
            start = 0;
            end = 0;
            scanned = 0;
            if (buffer.length > 4 * FIRST_SIZE) {
                buffer = new byte[0];
            }
        }
    }

    private void skipLineEnds() {
        while (start < end && (buffer[start] == '\r' || buffer[start] == '\n')) {
            if (buffer[start] == '\n' && ++lineEnds == 2) {
                pings++;
                lineEnds = 0;
            }
            start++;
        }
        scanned = Math.max(scanned, start);
    }

    private int headEnd() {
        for (int i = scanned; i < end; i++) {
            if (buffer[i] == '\n' && endsHead(i)) {
                return i + 1;
            }
        }
        scanned = end;
        return -1;
    }

    private boolean endsHead(int lineFeed) {
        int before = lineFeed - 1;
        if (before > start && buffer[before] == '\r') {
            before--;
        }
        return before > start && buffer[before] == '\n';
    }

    private int messageLength(int headEnd) throws FramingException {
        byte[] head = head(headEnd);
        int body;
        try {
            body = SipParser.contentLength(head);
        } catch (SipParseException e) {
            throw new FramingException(e.status(), e.getMessage(), head);
        }
        if (body < 0) {
            throw new FramingException(400, "Missing Content-Length header", head);
        }
        if (body > maxBytes - head.length) {
            throw new FramingException(513, "Message over " + maxBytes + " bytes", head);
        }
        return head.length + body;
    }

    private byte[] head(int headEnd) {
        return Arrays.copyOfRange(buffer, start, headEnd);
    }

    /** Whether a message has begun and is not complete. */
    boolean inMessage() {
        return end > start;
    }

    /** How many double line ends came since the last call. */
    int takePings() {
        int taken = pings;
        pings = 0;
        return taken;
    }
}
