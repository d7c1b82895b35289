package io.siprec.core.mime;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads {@code value;name=value;name="value"} (RFC 2045 §5.1), blanks allowed everywhere. */
final class ParameterReader {
    private static final int MAX_PARAMETERS = 16;
    private static final String TSPECIALS = "()<>@,;:\\\"/[]?=";

    private final String text;
    private int at;

    ParameterReader(String text) {
        this.text = text;
    }

    static boolean isToken(String text) {
        if (text.isEmpty()) return false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || TSPECIALS.indexOf(c) >= 0) return false;
        }
        return true;
    }

    /** What stands before the first semicolon. */
    String value() {
        int end = text.indexOf(';');
        at = end < 0 ? text.length() : end + 1;
        return text.substring(0, end < 0 ? text.length() : end).strip();
    }

    /** The parameters behind {@link #value()}: the first of equal names, a bounded number. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        while (at < text.length() && parameters.size() < MAX_PARAMETERS) {
            String name = until('=').strip().toLowerCase(Locale.ROOT);
            if (at == 0 || at > text.length() || text.charAt(at - 1) != '=') {
                if (!name.isEmpty()) parameters.putIfAbsent(name, "");
                continue;
            }
            String value = parameterValue();
            if (!name.isEmpty()) parameters.putIfAbsent(name, value);
        }
        return parameters;
    }

    /** Text up to {@code stop} or a semicolon; {@link #at} is behind it then. */
    private String until(char stop) {
        int start = at;
        while (at < text.length() && text.charAt(at) != stop && text.charAt(at) != ';') at++;
        String found = text.substring(start, at);
        at++;
        return found;
    }

    private String parameterValue() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
        if (at >= text.length() || text.charAt(at) != '"') return until(';').strip();
        at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) at++;
            value.append(text.charAt(at++));
        }
        at = Math.min(at + 1, text.length()); // a quote may never close
        until(';');
        return value.toString();
    }
}
