package io.siprec.sip.auth;

import io.siprec.sip.message.SipParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The scheme and the comma-separated parameters of an authentication header (RFC 3261 section 25.1, challenge and
 * credentials). The whole line is one value: it is no list to be split (section 7.3.1). Order is free, names compare without
 * case, a value may be quoted or not whatever the grammar says of its parameter.
 */
final class AuthParameters {
    private static final int MAX_CHARS = 4_096;
    private static final int MAX_PARAMETERS = 32;

    private final Map<String, String> values;

    private AuthParameters(Map<String, String> values) {
        this.values = values;
    }

    /** Reads a Digest value; empty for another scheme, whose parameters are not looked at. */
    static Optional<AuthParameters> digest(String value) throws SipParseException {
        String text = value.strip();
        int schemeEnd = 0;
        while (schemeEnd < text.length() && text.charAt(schemeEnd) > ' ') {
            schemeEnd++;
        }
        if (!text.substring(0, schemeEnd).equalsIgnoreCase("Digest")) {
            return Optional.empty();
        }
        if (text.length() > MAX_CHARS) {
            throw fault("over " + MAX_CHARS + " characters");
        }
        return Optional.of(new AuthParameters(new Scanner(text, schemeEnd).parameters()));
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String required(String name) throws SipParseException {
        return value(name).orElseThrow(() -> fault("no " + name));
    }

    static SipParseException fault(String what) {
        return new SipParseException(400, "Bad digest header: " + what);
    }

    private static final class Scanner {
        private final String text;
        private int at;

        Scanner(String text, int start) {
            this.text = text;
            this.at = start;
        }

        Map<String, String> parameters() throws SipParseException {
            Map<String, String> values = new LinkedHashMap<>();
            skip(" \t,"); // empty elements may stand anywhere in such a list (RFC 7230 section 7)
            while (at < text.length()) {
                String name = name();
                if (values.size() == MAX_PARAMETERS) {
                    throw fault("over " + MAX_PARAMETERS + " parameters");
                }
                if (values.put(name, value()) != null) {
                    throw fault("a parameter stands twice");
                }
                skip(" \t");
                if (at < text.length() && text.charAt(at) != ',') {
                    throw fault("no comma at " + at);
                }
                skip(" \t,");
            }
            return values;
        }

        private String name() throws SipParseException {
            int start = at;
            while (at < text.length() && nameChar(text.charAt(at))) {
                at++;
            }
            String name = text.substring(start, at).toLowerCase(Locale.ROOT);
            skip(" \t");
            if (name.isEmpty() || at == text.length() || text.charAt(at) != '=') {
                throw fault("no name and value at " + start);
            }
            at++;
            skip(" \t");
            return name;
        }

        private static boolean nameChar(char c) {
            return c > ' ' && c < 127 && c != '=' && c != ',' && c != '"';
        }

        private String value() throws SipParseException {
            return at < text.length() && text.charAt(at) == '"' ? quoted() : bare();
        }

        private String bare() throws SipParseException {
            int start = at;
            while (at < text.length() && text.charAt(at) > ' ' && text.charAt(at) != ',') {
                if (text.charAt(at) == '"') {
                    throw fault("a quote inside of a value at " + at);
                }
                at++;
            }
            if (at == start) {
                throw fault("no value at " + start);
            }
            return text.substring(start, at);
        }

        private String quoted() throws SipParseException {
            int start = at++;
            StringBuilder plain = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    return plain.toString();
                }
                plain.append(c == '\\' && at < text.length() ? text.charAt(at++) : c);
            }
            throw fault("quoted string without its end at " + start);
        }

        private void skip(String chars) {
            while (at < text.length() && chars.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }
    }

    /** A header value in the making: parameters in the order in which they are added. */
    static final class Writer {
        private final StringBuilder out = new StringBuilder(256).append("Digest ");
        private String separator = "";

        Writer quoted(String name, String value) {
            start(name).append('"');
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '"' || c == '\\') {
                    out.append('\\');
                }
                out.append(c);
            }
            out.append('"');
            return this;
        }

        Writer bare(String name, String value) {
            start(name).append(value);
            return this;
        }

        private StringBuilder start(String name) {
            out.append(separator).append(name).append('=');
            separator = ", ";
            return out;
        }

        @Override
        public String toString() {
            return out.toString();
        }
    }
}
