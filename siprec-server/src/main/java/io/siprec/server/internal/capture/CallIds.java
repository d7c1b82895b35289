package io.siprec.server.internal.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Finds the Call-ID of a message that nobody has parsed yet (RFC 3261 §20.8). */
final class CallIds {
    private static final List<String> NAMES = List.of("call-id", "i");

    private CallIds() {}

    /** Empty where there is none before the body. The buffer isn't changed. */
    static Optional<String> of(ByteBuffer message) {
        int line = endOfLine(message, message.position());
        while (line < message.limit()) {
            int end = endOfLine(message, line);
            int content = contentEnd(message, line, end);
            if (content == line) {
                return Optional.empty();
            }
            for (String name : NAMES) {
                int colon = colonBehind(name, message, line, content);
                if (colon > 0) {
                    return Optional.of(text(message, colon + 1, content).strip());
                }
            }
            line = end;
        }
        return Optional.empty();
    }

    private static int endOfLine(ByteBuffer message, int from) {
        int at = from;
        while (at < message.limit() && message.get(at) != '\n') {
            at++;
        }
        return Math.min(message.limit(), at + 1);
    }

    private static int contentEnd(ByteBuffer message, int from, int lineEnd) {
        int end = lineEnd;
        while (end > from && (message.get(end - 1) == '\n' || message.get(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    /** Where the colon is behind this name, or -1. */
    private static int colonBehind(String name, ByteBuffer message, int from, int end) {
        if (from + name.length() >= end) {
            return -1;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.toLowerCase((char) message.get(from + i)) != name.charAt(i)) {
                return -1;
            }
        }
        int at = from + name.length();
        while (at < end && (message.get(at) == ' ' || message.get(at) == '\t')) {
            at++;
        }
        return at < end && message.get(at) == ':' ? at : -1;
    }

    private static String text(ByteBuffer message, int from, int to) {
        byte[] bytes = new byte[to - from];
        message.get(from, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
