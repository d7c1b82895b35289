package io.siprec.sip.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The Content-Disposition header (RFC 3261 section 20.11).
 *
 * @param type in lower case, as {@code session} or {@code recording-session}
 * @param parameters in order, names as written
 */
public record ContentDisposition(String type, Map<String, String> parameters) implements HeaderValue {
    /** The type is a token. */
    public ContentDisposition {
        if (!Tokens.isToken(type)) {
            throw new IllegalArgumentException("disposition type is no token");
        }
        type = type.toLowerCase(Locale.ROOT);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Reads a value. */
    public static ContentDisposition parse(String text) throws SipParseException {
        Field field = Field.of(text);
        if (!Tokens.isToken(field.head())) {
            throw new SipParseException(400, "Bad Content-Disposition header");
        }
        return new ContentDisposition(field.head(), field.parameters().toMap());
    }

    /** Whether a body of an unknown type or disposition may be left out; without a handling it may not. */
    public boolean optional() {
        return parameters.entrySet().stream()
                .anyMatch(parameter -> parameter.getKey().equalsIgnoreCase("handling")
                        && parameter.getValue().equalsIgnoreCase("optional"));
    }

    @Override
    public String toString() {
        return Field.write(type, parameters);
    }
}
