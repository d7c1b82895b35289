package io.siprec.sip.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code ;name=value} list of a URI, a Via or another header, read in place from behind its first semicolon; names
 * compare without case.
 *
 * @param escaped whether names and values may hold the escapes of a URI, which are then decoded once
 */
record Parameters(byte[] bytes, int start, int end, boolean escaped) {

    /** Those of a header value whose first semicolon is at {@code semicolon}, which may be its end. */
    static Parameters after(Slice value, int semicolon) {
        return new Parameters(value.bytes(), Math.min(semicolon + 1, value.end()), value.end(), false);
    }

    /** The value without its quotes; empty text for a parameter without one. */
    Optional<String> value(String name) {
        int at = start;
        while (at < end) {
            int next = Octets.indexOf(bytes, at, end, ';');
            int equals = equalsSign(at, next);
            if (named(at, equals, name)) {
                return Optional.of(valueText(equals, next));
            }
            at = next + 1;
        }
        return Optional.empty();
    }

    boolean has(String name) {
        return value(name).isPresent();
    }

    private int equalsSign(int at, int next) {
        int equals = Octets.find(bytes, at, next, '=');
        return equals < 0 ? next : equals;
    }

    private boolean named(int from, int to, String name) {
        int nameStart = Octets.skipBlanks(bytes, from, to);
        int nameEnd = Octets.skipBlanksBack(bytes, nameStart, to);
        return escaped && Octets.find(bytes, nameStart, nameEnd, '%') >= 0
                ? Escapes.decoded(bytes, nameStart, nameEnd).equalsIgnoreCase(name)
                : Octets.equalsIgnoreCase(bytes, nameStart, nameEnd, name);
    }

    private String valueText(int equals, int next) {
        if (equals == next) {
            return "";
        }
        return escaped && Octets.find(bytes, equals, next, '%') >= 0
                ? Escapes.decoded(bytes, equals + 1, next)
                : Octets.unquoted(bytes, equals + 1, next);
    }

    /** Whether nothing stands between two semicolons. */
    boolean hasEmpty() {
        int at = start;
        while (at < end) {
            int next = Octets.indexOf(bytes, at, end, ';');
            if (Octets.skipBlanks(bytes, at, next) == next) {
                return true;
            }
            at = next + 1;
        }
        return false;
    }

    /** All of them in order, names in the case in which they were written; of two with one name the first counts. */
    Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        int at = start;
        while (at < end) {
            int next = Octets.indexOf(bytes, at, end, ';');
            int equals = equalsSign(at, next);
            String name = escaped ? Escapes.decoded(bytes, at, equals) : Octets.trimmed(bytes, at, equals);
            if (!name.isEmpty()) {
                map.putIfAbsent(name, valueText(equals, next));
            }
            at = next + 1;
        }
        return Collections.unmodifiableMap(map);
    }
}
