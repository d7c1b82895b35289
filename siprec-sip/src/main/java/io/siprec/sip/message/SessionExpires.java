package io.siprec.sip.message;

import java.util.Locale;
import java.util.Optional;

/**
 * The Session-Expires header (RFC 4028 section 4).
 *
 * @param seconds the session's interval; more than 2^32-1 counts as that
 * @param refresher who is to refresh, in the terms of the request that carries the header or is answered with it
 */
public record SessionExpires(long seconds, Optional<Refresher> refresher) implements HeaderValue {
    private static final long MAX_SECONDS = 0xFFFF_FFFFL;
    private static final long DEFAULT_MINIMUM_SECONDS = 90;

    /** A side of the transaction that sets the timer. */
    public enum Refresher {
        /** The one that sent the request. */
        UAC,
        /** The one that answers it. */
        UAS
    }

    /** The header of a message; an unknown refresher counts as none. Throws with 400 when the interval is no number. */
    public static Optional<SessionExpires> of(SipMessage message) throws SipParseException {
        Optional<String> header = message.header("Session-Expires");
        if (header.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(parse(header.get()));
    }

    /** Reads a value. */
    public static SessionExpires parse(String text) throws SipParseException {
        long seconds = seconds(text);
        if (seconds < 0) {
            throw new SipParseException(400, "Bad Session-Expires header");
        }
        Slice value = Slice.of(text);
        Parameters parameters = Parameters.after(value, Octets.indexOf(value.bytes(), value.start(), value.end(), ';'));
        return new SessionExpires(seconds, parameters.value("refresher").flatMap(SessionExpires::named));
    }

    /** The Min-SE of a message in seconds (section 5): 90 without one, or with one that is less or can't be read. */
    public static long minimumSeconds(SipMessage message) {
        return Math.max(
                DEFAULT_MINIMUM_SECONDS,
                message.header("Min-SE").map(SessionExpires::seconds).orElse(0L));
    }

    private static long seconds(String value) {
        int semicolon = value.indexOf(';');
        String number = (semicolon < 0 ? value : value.substring(0, semicolon)).trim();
        boolean digits = !number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            return -1;
        }
        long seconds = Tokens.number(number, MAX_SECONDS);
        return seconds < 0 ? MAX_SECONDS : seconds;
    }

    private static Optional<Refresher> named(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "uac" -> Optional.of(Refresher.UAC);
            case "uas" -> Optional.of(Refresher.UAS);
            default -> Optional.empty();
        };
    }

    /** The header as it is written. */
    @Override
    public String toString() {
        return seconds
                + refresher
                        .map(who -> ";refresher=" + who.name().toLowerCase(Locale.ROOT))
                        .orElse("");
    }
}
