package io.siprec.sip.message;

import java.util.Map;

/** A header value of the common form: something, then parameters. */
record Field(String head, Parameters parameters) {

    static Field of(String text) {
        Slice value = Slice.of(text).trim();
        int semicolon = Octets.indexOf(value.bytes(), value.start(), value.end(), ';');
        String head = Octets.trimmed(value.bytes(), value.start(), semicolon);
        return new Field(head, Parameters.after(value, semicolon));
    }

    /** The form as it is written; a parameter's value is quoted where it must be. */
    static String write(String head, Map<String, String> parameters) {
        StringBuilder text = new StringBuilder(head);
        parameters.forEach((name, value) -> {
            text.append(';').append(name);
            if (!value.isEmpty()) {
                text.append('=').append(Tokens.isToken(value) ? value : NameAddress.quoted(value));
            }
        });
        return text.toString();
    }
}
