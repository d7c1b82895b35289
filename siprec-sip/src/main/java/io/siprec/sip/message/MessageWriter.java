package io.siprec.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Writes start line, headers, Content-Length and body; then reads the result as a message. */
final class MessageWriter {
    private static final byte[] LINE_END = {'\r', '\n'};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
    private SipBody body = SipBody.none();

    MessageWriter line(String startLine) {
        out.writeBytes(startLine.getBytes(UTF_8));
        out.writeBytes(LINE_END);
        return this;
    }

    void header(Header header) {
        line(header.name() + ": " + header.value());
    }

    /** Copies a value that holds no line end, whatever its encoding. */
    void copy(String name, byte[] value, String addition) {
        out.writeBytes((name + ": ").getBytes(UTF_8));
        out.writeBytes(value);
        line(addition);
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
        out.writeBytes(LINE_END);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
