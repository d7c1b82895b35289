package io.siprec.sip.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A media type as in Content-Type, or a range of them as in Accept (RFC 3261 sections 20.1 and 20.15).
 *
 * @param type in lower case, {@code *} for any
 * @param subtype in lower case, {@code *} for any
 * @param parameters in order, names as written
 */
public record MediaType(String type, String subtype, Map<String, String> parameters) implements HeaderValue {
    /** Type and subtype are tokens. */
    public MediaType {
        if (!Tokens.isToken(type) || !Tokens.isToken(subtype)) {
            throw new IllegalArgumentException("media type is no token");
        }
        type = type.toLowerCase(Locale.ROOT);
        subtype = subtype.toLowerCase(Locale.ROOT);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Reads a value. */
    public static MediaType parse(String text) throws SipParseException {
        Field field = Field.of(text);
        int slash = field.head().indexOf('/');
        String type = slash < 0 ? "" : field.head().substring(0, slash).trim();
        String subtype = field.head().substring(slash + 1).trim();
        if (!Tokens.isToken(type) || !Tokens.isToken(subtype)) {
            throw new SipParseException(400, "Bad media type");
        }
        return new MediaType(type, subtype, field.parameters().toMap());
    }

    /** The value of a parameter; names compare without case. */
    public Optional<String> parameter(String name) {
        return parameters.entrySet().stream()
                .filter(parameter -> parameter.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The weight in an Accept list, 0 to 1; 1 without a readable {@code q}. */
    public double quality() {
        String q = parameter("q").orElse("1");
        return q.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(q) : 1;
    }

    /** Whether the range covers a media type, parameters aside. */
    public boolean covers(MediaType other) {
        return type.equals("*") || type.equals(other.type) && (subtype.equals("*") || subtype.equals(other.subtype));
    }

    @Override
    public String toString() {
        return Field.write(type + "/" + subtype, parameters);
    }
}
