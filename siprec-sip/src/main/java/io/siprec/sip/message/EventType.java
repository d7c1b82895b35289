package io.siprec.sip.message;

import java.util.Optional;

/**
 * The Event header (RFC 6665 section 8.2.1).
 *
 * @param name the event package with its templates; compares with case
 * @param id of one of several subscriptions
 */
public record EventType(String name, Optional<String> id) implements HeaderValue {
    /** The name is a token. */
    public EventType {
        if (!Tokens.isToken(name)) {
            throw new IllegalArgumentException("event is no token");
        }
    }

    /** Reads a value. */
    public static EventType parse(String text) throws SipParseException {
        Field field = Field.of(text);
        if (!Tokens.isToken(field.head())) {
            throw new SipParseException(400, "Bad Event header");
        }
        return new EventType(field.head(), field.parameters().value("id"));
    }

    @Override
    public String toString() {
        return name + id.map(value -> ";id=" + value).orElse("");
    }
}
