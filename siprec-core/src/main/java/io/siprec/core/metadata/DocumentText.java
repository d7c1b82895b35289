package io.siprec.core.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a document's octets into text: by the byte order mark, else the charset of its MIME part, else its own
 * declaration, else UTF-8 (RFC 7865 §5.1, RFC 7303 §3). Octets that do not fit are replaced, with a finding.
 */
final class DocumentText {
    private static final int DECLARATION_BYTES = 128;
    private static final Pattern ENCODING =
            Pattern.compile("^\\s*<\\?xml[^>]{0,80}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
    private static final char REPLACEMENT = '\uFFFD';

    private DocumentText() {}

    static String decode(byte[] document, Optional<String> mimeCharset, Findings findings) {
        Charset charset = byMark(document)
                .or(() -> mimeCharset.flatMap(name -> named(name, findings)))
                .or(() -> byFirstOctets(document))
                .or(() -> declared(document).flatMap(name -> named(name, findings)))
                .orElse(UTF_8);
        String text = new String(document, charset);
        if (text.indexOf(REPLACEMENT) >= 0 && !isDecodable(document, charset)) {
            findings.add(FindingCode.METADATA_CHARSET, "characters that are not " + charset.name());
        }
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
    }

    private static boolean isDecodable(byte[] document, Charset charset) {
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(document));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static Optional<Charset> byMark(byte[] document) {
        if (startsWith(document, 0xEF, 0xBB, 0xBF)) return Optional.of(UTF_8);
        if (startsWith(document, 0xFE, 0xFF)) return Optional.of(UTF_16BE);
        if (startsWith(document, 0xFF, 0xFE)) return Optional.of(UTF_16LE);
        return Optional.empty();
    }

    private static Optional<Charset> byFirstOctets(byte[] document) {
        if (startsWith(document, 0, '<')) return Optional.of(UTF_16BE);
        if (startsWith(document, '<', 0)) return Optional.of(UTF_16LE);
        return Optional.empty();
    }

    private static Optional<String> declared(byte[] document) {
        String start = new String(document, 0, Math.min(document.length, DECLARATION_BYTES), ISO_8859_1);
        Matcher matcher = ENCODING.matcher(start);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Optional<Charset> named(String name, Findings findings) {
        try {
            Charset charset = Charset.forName(name.strip());
            if (charset.canEncode()) return Optional.of(charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            // an unknown name and one that cannot be a name are the same to the reader
        }
        findings.add(FindingCode.METADATA_CHARSET_UNKNOWN, "metadata in a charset that is not known");
        return Optional.empty();
    }

    private static boolean startsWith(byte[] document, int... octets) {
        if (document.length < octets.length) return false;
        for (int i = 0; i < octets.length; i++) {
            if ((document[i] & 0xFF) != octets[i]) return false;
        }
        return true;
    }
}
