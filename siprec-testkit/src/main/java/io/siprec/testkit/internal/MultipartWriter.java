package io.siprec.testkit.internal;

import io.siprec.sip.message.SipBody;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes a {@code multipart/mixed} body (RFC 2046 §5.1) with a boundary that no part holds. */
final class MultipartWriter {
    private final List<Part> parts = new ArrayList<>();

    MultipartWriter part(String contentType, String disposition, byte[] content) {
        parts.add(new Part(contentType, disposition, content));
        return this;
    }

    SipBody toBody() {
        String boundary = boundary();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part part : parts) {
            out.writeBytes(ascii("--" + boundary + "\r\nContent-Type: " + part.contentType + "\r\nContent-Disposition: "
                    + part.disposition + "\r\n\r\n"));
            out.writeBytes(part.content);
            out.writeBytes(ascii("\r\n"));
        }
        out.writeBytes(ascii("--" + boundary + "--\r\n"));
        return new SipBody("multipart/mixed;boundary=" + boundary, out.toByteArray());
    }

    private String boundary() {
        String boundary = "siprec-part";
        for (int i = 0; occurs(boundary); i++) {
            boundary = "siprec-part-" + i;
        }
        return boundary;
    }

    private boolean occurs(String boundary) {
        // Latin-1 keeps every byte, so this looks for bytes.
        return parts.stream()
                .anyMatch(part -> new String(part.content, StandardCharsets.ISO_8859_1).contains("--" + boundary));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private record Part(String contentType, String disposition, byte[] content) {}
}
