package io.siprec.core.mime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A media type (RFC 2045 §5.1).
 *
 * @param type in lower case
 * @param subtype in lower case
 * @param parameters in order, names in lower case, values without quotes
 */
public record MediaType(String type, String subtype, Map<String, String> parameters) {
    /** Lower-cases the names and copies the parameters. */
    public MediaType {
        type = type.toLowerCase(Locale.ROOT);
        subtype = subtype.toLowerCase(Locale.ROOT);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNull(parameters, "parameters")));
    }

    /** Reads a Content-Type value; empty where it has no type and subtype. */
    public static Optional<MediaType> parse(String value) {
        ParameterReader reader = new ParameterReader(value);
        String essence = reader.value();
        int slash = essence.indexOf('/');
        if (slash < 1) return Optional.empty();
        String type = essence.substring(0, slash).strip();
        String subtype = essence.substring(slash + 1).strip();
        if (!ParameterReader.isToken(type) || !ParameterReader.isToken(subtype)) return Optional.empty();
        return Optional.of(new MediaType(type, subtype, reader.parameters()));
    }

    /** True when it is {@code typeAndSubtype}, without case and whatever the parameters. */
    public boolean is(String typeAndSubtype) {
        int slash = typeAndSubtype.indexOf('/');
        return slash == type.length()
                && typeAndSubtype.regionMatches(true, 0, type, 0, slash)
                && typeAndSubtype.substring(slash + 1).equalsIgnoreCase(subtype);
    }

    /** The value of that parameter. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name.toLowerCase(Locale.ROOT)));
    }

    boolean isMultipart() {
        return type.equals("multipart");
    }

    boolean isXml() {
        return subtype.equals("xml") || subtype.endsWith("+xml");
    }

    /** As in a Content-Type header; values are quoted where they have to be. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(type).append('/').append(subtype);
        parameters.forEach((name, value) -> {
            out.append(';').append(name).append('=');
            if (ParameterReader.isToken(value)) out.append(value);
            else
                out.append('"')
                        .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
        });
        return out.toString();
    }
}
