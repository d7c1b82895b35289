package io.siprec.core.mime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The headers of one part (RFC 2045 §3), read like SIP headers: no case, folding, short forms. */
final class PartHeaders {
    private static final Map<String, String> SHORT_FORMS =
            Map.of("c", "content-type", "l", "content-length", "e", "content-encoding");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final int contentStart;
    private final boolean missingEmptyLine;

    private PartHeaders(byte[] body, MultipartSplitter.Range range, MimeLimits limits) throws MimeException {
        String name = "";
        int at = range.from();
        int count = 0;
        boolean stray = false;
        while (at < range.to()) {
            int next = nextLine(body, at, range.to());
            if (next - range.from() > limits.maxHeaderBytes() && !isBlank(body, at, next)) {
                throw new MimeException("headers of a body part over " + limits.maxHeaderBytes() + " bytes");
            }
            if (isBlank(body, at, next)) {
                at = next;
                break;
            }
            String line = new String(body, at, next - at, UTF_8);
            boolean folded = (line.charAt(0) == ' ' || line.charAt(0) == '\t') && !name.isEmpty();
            int colon = line.indexOf(':');
            if (!folded
                    && !(colon > 0
                            && ParameterReader.isToken(line.substring(0, colon).strip()))) {
                stray = true;
                break;
            }
            if (!folded && ++count > limits.maxHeadersPerPart()) {
                throw new MimeException("more than " + limits.maxHeadersPerPart() + " headers in a body part");
            }
            if (folded) values.merge(name, line.strip(), (before, more) -> before + ' ' + more);
            else name = put(line, colon);
            at = next;
        }
        contentStart = at;
        missingEmptyLine = stray;
    }

    static PartHeaders read(byte[] body, MultipartSplitter.Range range, MimeLimits limits) throws MimeException {
        return new PartHeaders(body, range, limits);
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

    private String put(String line, int colon) {
        String written = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        String name = SHORT_FORMS.getOrDefault(written, written);
        if (values.putIfAbsent(name, line.substring(colon + 1).strip()) == null) return name;
        return ""; // a second header of that name is left out, with what is folded under it
    }

    private static int nextLine(byte[] body, int from, int to) {
        int at = from;
        while (at < to && body[at] != '\n') at++;
        return Math.min(at + 1, to);
    }

    private static boolean isBlank(byte[] body, int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r' && body[i] != '\n') return false;
        }
        return true;
    }
}
