package io.siprec.sip.message;

import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One value of the User-to-User header (RFC 7433): what a call centre passes along with a call.
 *
 * @param data as written, without quotes
 * @param parameters in order, as {@code encoding}, {@code purpose}, {@code content}
 */
public record UserToUser(String data, Map<String, String> parameters) implements HeaderValue {
    /** Copies the parameters. */
    public UserToUser {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Reads one value. */
    public static UserToUser parse(String text) throws SipParseException {
        Field field = Field.of(text);
        Slice head = Slice.of(field.head());
        String data = Octets.unquoted(head.bytes(), head.start(), head.end());
        if (data.isEmpty()) {
            throw new SipParseException(400, "Bad User-to-User header");
        }
        return new UserToUser(data, field.parameters().toMap());
    }

    /** The octets when the data is hexadecimal, as it mostly is; empty when it isn't. */
    public Optional<byte[]> octets() {
        boolean hex = "hex".equalsIgnoreCase(parameters.getOrDefault("encoding", "hex"));
        try {
            return hex ? Optional.of(HexFormat.of().parseHex(data)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return Field.write(Tokens.isToken(data) ? data : NameAddress.quoted(data), parameters);
    }
}
