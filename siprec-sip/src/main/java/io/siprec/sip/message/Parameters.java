package io.siprec.sip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code ;name=value} list of a URI, a Via or an address header; names compare without case. */
final class Parameters {
    static final Parameters NONE = new Parameters(List.of());

    private final List<Parameter> list;

    private record Parameter(String name, String value) {}

    private Parameters(List<Parameter> list) {
        this.list = list;
    }

    /**
     * Reads the text after the first semicolon.
     *
     * @param strict whether an empty parameter is a fault
     */
    static Parameters parse(String text, boolean strict) throws SipParseException {
        if (text.isBlank()) {
            return NONE;
        }
        List<Parameter> list = new ArrayList<>(4);
        int start = 0;
        while (start <= text.length()) {
            int end = TextScanner.indexOf(text, ';', start);
            end = end < 0 ? text.length() : end;
            String part = text.substring(start, end).trim();
            if (!part.isEmpty()) {
                list.add(parameter(part));
            } else if (strict) {
                throw new SipParseException(400, "Empty parameter");
            }
            start = end + 1;
        }
        return new Parameters(list);
    }

    private static Parameter parameter(String part) {
        int equals = part.indexOf('=');
        if (equals < 0) {
            return new Parameter(part, "");
        }
        String value = part.substring(equals + 1).trim();
        return new Parameter(part.substring(0, equals).trim(), TextScanner.unquote(value));
    }

    /** The value; empty text for a parameter without one. */
    Optional<String> value(String name) {
        for (Parameter parameter : list) {
            if (parameter.name.equalsIgnoreCase(name)) {
                return Optional.of(parameter.value);
            }
        }
        return Optional.empty();
    }

    boolean has(String name) {
        return value(name).isPresent();
    }
}
