package io.siprec.sip.message;

import java.util.Locale;
import java.util.Optional;

/**
 * The Session-ID header: the two ends of a communication session, whatever devices lie between (RFC 7989). Older senders
 * give one identifier only (RFC 7329).
 *
 * @param local the sender's UUID, 32 hexadecimal digits in lower case; all zeros when it has none
 * @param remote the other end's, if the sender says it
 */
public record SessionId(String local, Optional<String> remote) implements HeaderValue {
    /** What stands for an end that is not known (RFC 7989 section 5). */
    public static final String NIL = "0".repeat(32);

    /** Each identifier has 32 hexadecimal digits. */
    public SessionId {
        local = checked(local);
        remote = remote.map(SessionId::checked);
    }

    private static String checked(String uuid) {
        if (!readable(uuid)) {
            throw new IllegalArgumentException("identifier must have 32 hexadecimal digits");
        }
        return uuid.toLowerCase(Locale.ROOT);
    }

    private static boolean readable(String uuid) {
        return uuid.length() == 32 && uuid.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
    }

    /** Reads a value. */
    public static SessionId parse(String text) throws SipParseException {
        Field field = Field.of(text);
        Optional<String> remote = field.parameters().value("remote");
        if (!readable(field.head()) || remote.filter(uuid -> !readable(uuid)).isPresent()) {
            throw new SipParseException(400, "Bad Session-ID header");
        }
        return new SessionId(field.head(), remote);
    }

    @Override
    public String toString() {
        return local + remote.map(uuid -> ";remote=" + uuid).orElse("");
    }
}
