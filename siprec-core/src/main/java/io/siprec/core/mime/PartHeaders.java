package io.siprec.core.mime;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siprec.core.mime.MultipartSplitter.Range;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The headers of one part (RFC 2045 §3), read like SIP headers: no case, folding, short forms. */
final class PartHeaders {
    private static final Map<String, String> SHORT_FORMS =
            Map.of("c", "content-type", "l", "content-length", "e", "content-encoding");

    private final byte[] body;
    private final MimeLimits limits;
    private final Map<String, String> values = new LinkedHashMap<>();
    private String current = ""; // the header that a folded line goes on with
    private int count;
    private int contentStart;
    private boolean missingEmptyLine;

    private PartHeaders(byte[] body, MimeLimits limits) {
        this.body = body;
        this.limits = limits;
    }

    static PartHeaders read(byte[] body, Range range, MimeLimits limits) throws MimeException {
        PartHeaders headers = new PartHeaders(body, limits);
        headers.read(range);
        return headers;
    }

    Map<String, String> values() {
        return values;
    }

    String value(String name) {
        return values.getOrDefault(name, "");
    }

    int contentStart() {
        return contentStart;
    }

    /** True when the content began without an empty line before it. */
    boolean missingEmptyLine() {
        return missingEmptyLine;
    }

    private void read(Range range) throws MimeException {
        contentStart = range.from();
        while (contentStart < range.to()) {
            int next = nextLine(contentStart, range.to());
            if (isBlank(contentStart, next)) {
                contentStart = next;
                return;
            }
            if (next - range.from() > limits.maxHeaderBytes()) {
                throw new MimeException("headers of a body part over " + limits.maxHeaderBytes() + " bytes");
            }
            if (!take(new String(body, contentStart, next - contentStart, UTF_8))) {
                missingEmptyLine = true;
                return;
            }
            contentStart = next;
        }
    }

    /** False for a line that is no header. */
    private boolean take(String line) throws MimeException {
        if ((line.charAt(0) == ' ' || line.charAt(0) == '\t') && count > 0) {
            if (!current.isEmpty()) values.merge(current, line.strip(), (before, more) -> before + ' ' + more);
            return true;
        }
        int colon = line.indexOf(':');
        if (colon < 1 || !ParameterReader.isToken(line.substring(0, colon).strip())) return false;
        if (++count > limits.maxHeadersPerPart()) {
            throw new MimeException("more than " + limits.maxHeadersPerPart() + " headers in a body part");
        }
        String written = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        String name = SHORT_FORMS.getOrDefault(written, written);
        boolean first = values.putIfAbsent(name, line.substring(colon + 1).strip()) == null;
        current = first ? name : "";
        return true;
    }

    private int nextLine(int from, int to) {
        int at = from;
        while (at < to && body[at] != '\n') at++;
        return Math.min(at + 1, to);
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r' && body[i] != '\n') return false;
        }
        return true;
    }
}
