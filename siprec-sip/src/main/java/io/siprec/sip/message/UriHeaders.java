package io.siprec.sip.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code ?name=value&name=value} part of a URI (RFC 3261 section 19.1.1). */
final class UriHeaders {
    private UriHeaders() {}

    /** Names as they are written, escapes decoded; values of a repeated name become a list. */
    static Map<String, String> of(byte[] bytes, int start, int end) {
        if (start == end) {
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        int at = start;
        while (at < end) {
            int found = Octets.find(bytes, at, end, '&');
            int next = found < 0 ? end : found;
            int equals = Octets.find(bytes, at, next, '=');
            int nameEnd = equals < 0 ? next : equals;
            String value = equals < 0 ? "" : Escapes.decoded(bytes, equals + 1, next);
            headers.merge(Escapes.decoded(bytes, at, nameEnd), value, (first, second) -> first + "," + second);
            at = next + 1;
        }
        return Collections.unmodifiableMap(headers);
    }
}
