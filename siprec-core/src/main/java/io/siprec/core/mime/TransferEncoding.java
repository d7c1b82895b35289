package io.siprec.core.mime;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Content-Transfer-Encoding (RFC 2045 §6). */
final class TransferEncoding {
    private TransferEncoding() {}

    /** The content behind {@code encoding}; empty where it is unknown or the content does not follow it. */
    static Optional<byte[]> decode(String encoding, byte[] content) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "7bit", "8bit", "binary" -> Optional.of(content);
            case "base64" -> base64(content);
            case "quoted-printable" -> Optional.of(quotedPrintable(content));
            default -> Optional.empty();
        };
    }

    private static Optional<byte[]> base64(byte[] content) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(content));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What is no valid escape stays as it is (RFC 2045 §6.7, note 3 of the rules). */
    private static byte[] quotedPrintable(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length);
        int at = 0;
        while (at < content.length) {
            if (content[at] != '=') {
                out.write(content[at++]);
                continue;
            }
            int lineEnd = softLineEnd(content, at + 1);
            int escaped = at + 2 < content.length ? hex(content[at + 1]) << 4 | hex(content[at + 2]) : -1;
            if (lineEnd > 0) at = lineEnd;
            else if (escaped >= 0) {
                out.write(escaped);
                at += 3;
            } else out.write(content[at++]);
        }
        return out.toByteArray();
    }

    /** The index behind blanks and a line end, or 0. */
    private static int softLineEnd(byte[] content, int from) {
        int at = from;
        while (at < content.length && (content[at] == ' ' || content[at] == '\t' || content[at] == '\r')) at++;
        if (at == content.length) return at;
        return content[at] == '\n' ? at + 1 : 0;
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }
}
