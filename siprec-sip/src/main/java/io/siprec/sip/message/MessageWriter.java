package io.siprec.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Writes start line, headers, Content-Length and body; then reads the result as a message. */
final class MessageWriter {
    private final StringBuilder head = new StringBuilder(512);
    private SipBody body = SipBody.none();

    MessageWriter line(String startLine) {
        head.append(startLine).append("\r\n");
        return this;
    }

    void header(Header header) {
        head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }

    void body(SipBody newBody) {
        body = newBody;
    }

    SipMessage build() {
        try {
            return SipParser.read(bytes(), SipParser.Bounds.NONE);
        } catch (SipParseException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    byte[] bytes() {
        byte[] content = body.content();
        if (content.length > 0 && !body.contentType().isEmpty()) {
            header(new Header("Content-Type", body.contentType()));
        }
        header(new Header("Content-Length", Integer.toString(content.length)));
        byte[] start = head.append("\r\n").toString().getBytes(UTF_8);
        byte[] all = Arrays.copyOf(start, start.length + content.length);
        System.arraycopy(content, 0, all, start.length, content.length);
        return all;
    }
}
