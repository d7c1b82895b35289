package io.siprec.core.attributes;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * User-to-user information (RFC 7433), in the form that Avaya's systems give it: a protocol discriminator (00 or 04), then
 * elements of identifier, length and value, of which FA is the UCID and C8 the application's data.
 *
 * @param ucid the Universal Call ID as its 20 digits
 * @param text the application's data, where it is printable
 */
record UserToUser(Optional<String> ucid, Optional<String> text) {
    private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2}){2,256}");
    private static final Pattern DIGITS = Pattern.compile("\\d{20}");
    private static final int UCID = 0xFA;
    private static final int APPLICATION_DATA = 0xC8;
    private static final int UCID_BYTES = 8;
    private static final UserToUser NOTHING = new UserToUser(Optional.empty(), Optional.empty());

    /** Reads a User-to-User value, parameters included. */
    static UserToUser parse(String value) {
        int end = value.indexOf(';');
        String content = unquoted((end < 0 ? value : value.substring(0, end)).strip());
        String parameters = end < 0 ? "" : value.substring(end).toLowerCase(Locale.ROOT);
        if (parameters.contains("encoding=ascii") || parameters.contains("encoding=\"ascii\"")) {
            return new UserToUser(Optional.empty(), Optional.of(content).filter(text -> !text.isEmpty()));
        }
        return HEX.matcher(content).matches() ? elements(HexFormat.of().parseHex(content)) : NOTHING;
    }

    /** A UCID on its own: 20 digits, or its element in hexadecimal with or without a discriminator in front. */
    static Optional<String> ucid(String value) {
        String content = value.strip();
        return DIGITS.matcher(content).matches()
                ? Optional.of(content)
                : parse(content).ucid();
    }

    private static UserToUser elements(byte[] octets) {
        Optional<String> ucid = Optional.empty();
        Optional<String> text = Optional.empty();
        int at = octets[0] == 0 || octets[0] == 4 ? 1 : 0;
        while (at + 2 <= octets.length) {
            int identifier = octets[at] & 0xFF;
            int length = octets[at + 1] & 0xFF;
            int next = at + 2 + length;
            if (identifier == UCID && length == UCID_BYTES && next <= octets.length) {
                ucid = Optional.of(digits(octets, at + 2));
            } else if (identifier == APPLICATION_DATA && next <= octets.length) {
                text = printable(octets, at + 2, length);
            }
            at = next;
        }
        return new UserToUser(ucid, text);
    }

    /** Node, sequence number and start time, in 5, 5 and 10 digits. */
    private static String digits(byte[] octets, int at) {
        long node = number(octets, at, 2);
        long sequence = number(octets, at + 2, 2);
        long time = number(octets, at + 4, 4);
        return String.format(Locale.ROOT, "%05d%05d%010d", node, sequence, time);
    }

    private static long number(byte[] octets, int at, int length) {
        long number = 0;
        for (int i = 0; i < length; i++) {
            number = number << 8 | octets[at + i] & 0xFF;
        }
        return number;
    }

    private static Optional<String> printable(byte[] octets, int at, int length) {
        for (int i = at; i < at + length; i++) {
            if (octets[i] < ' ' || octets[i] > '~') {
                return Optional.empty();
            }
        }
        return length == 0 ? Optional.empty() : Optional.of(new String(octets, at, length, StandardCharsets.US_ASCII));
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
