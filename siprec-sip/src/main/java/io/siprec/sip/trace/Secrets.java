package io.siprec.sip.trace;

import java.util.List;
import java.util.function.IntFunction;

/** Finds what must not be read in the lines of one message, and remembers between them what a line belongs to. */
final class Secrets {
    private static final List<String> DIGEST_PARAMETERS =
            List.of("nonce", "cnonce", "nextnonce", "response", "rspauth");
    private static final List<String> WHOLE_LINES = List.of("a=key-mgmt:", "a=ice-pwd:", "k=");
    private static final String AUTHORIZATION = "authorization";

    private final IntFunction<String> mask;
    private boolean otherScheme; // the header line before was an Authorization that is not Digest's
    private boolean encoded; // within a body part that is not plain text
    private boolean keys; // within a body that tells keys of a telephone
    private boolean openQuote; // a secret goes on in the next line

    /** @param mask what stands in the place of a secret of so many characters */
    Secrets(IntFunction<String> mask) {
        this.mask = mask;
    }

    /** Appends the line, masked. */
    void mask(String line, StringBuilder out) {
        String lower = asciiLower(line);
        boolean folded = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
        if (masksWhole(line, lower, folded, out)) {
            return;
        }
        int place = 0;
        if (openQuote && folded) {
            place = afterQuoted(line, 0);
            out.append(mask.apply(place));
        }
        openQuote = openQuote && folded && place == line.length();
        while (place < line.length()) {
            int secret = secretAt(line, lower, place);
            if (secret < 0) {
                out.append(line.charAt(place++));
            } else {
                int end = end(line, lower, place, secret);
                out.append(line, place, secret).append(mask.apply(end - secret));
                place = end;
            }
        }
    }

    private boolean masksWhole(String line, String lower, boolean folded, StringBuilder out) {
        otherScheme = folded ? otherScheme : otherScheme(lower);
        keys = keys ? !lower.startsWith("--") : tellsKeys(lower);
        encoded = encoded ? !lower.startsWith("--") : startsEncoded(lower);
        int kept = -1;
        if (otherScheme) {
            kept = folded ? 1 : lower.indexOf(':') + 1;
        } else if (encoded && !partHeader(lower) || keys && lower.indexOf(':') < 0) {
            kept = 0;
        } else {
            for (String start : WHOLE_LINES) {
                kept = lower.startsWith(start) ? start.length() : kept;
            }
        }
        if (kept < 0 || kept == line.length()) {
            return false;
        }
        out.append(line, 0, kept).append(mask.apply(line.length() - kept));
        return true;
    }

    /** Only letters whose places stay what they are: others may grow in lower case. */
    private static String asciiLower(String line) {
        StringBuilder lower = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }

    private static boolean partHeader(String lower) {
        return lower.startsWith("content-");
    }

    private static boolean startsEncoded(String lower) {
        return lower.startsWith("content-transfer-encoding")
                && (lower.contains("base64") || lower.contains("quoted-printable"));
    }

    /** The bodies that INFO has in the field: {@code Signal=5} and a bare digit. Their lines have no colon, as headers have. */
    private static boolean tellsKeys(String lower) {
        return (lower.startsWith("content-type") || lower.startsWith("c:")) && lower.contains("application/dtmf");
    }

    private static boolean otherScheme(String lower) {
        int colon = lower.indexOf(':');
        if (colon < 0) {
            return false;
        }
        String name = lower.substring(0, colon).strip();
        boolean credentials = name.equals(AUTHORIZATION) || name.equals("proxy-" + AUTHORIZATION);
        String value = lower.substring(colon + 1).strip();
        return credentials && !value.startsWith("digest");
    }

    /** Where the secret starts of which the text at this place tells; -1 when it tells of none. */
    private static int secretAt(String line, String lower, int place) {
        if (lower.startsWith("inline:", place)) {
            return place + "inline:".length();
        }
        if (lower.startsWith("sip:", place) || lower.startsWith("sips:", place)) {
            return passwordAt(line, line.indexOf(':', place) + 1);
        }
        boolean starts = place == 0 || !tokenChar(line.charAt(place - 1));
        return starts ? parameterAt(line, lower, place) : -1;
    }

    private static int parameterAt(String line, String lower, int place) {
        for (String name : DIGEST_PARAMETERS) {
            if (lower.startsWith(name, place)) {
                int equals = skipBlanks(line, place + name.length());
                if (equals < line.length() && line.charAt(equals) == '=') {
                    return skipBlanks(line, equals + 1);
                }
            }
        }
        return -1;
    }

    private static int passwordAt(String line, int user) {
        int at = lastAt(line, user);
        int colon = at < 0 ? -1 : line.indexOf(':', user);
        return colon >= 0 && colon < at ? colon + 1 : -1;
    }

    /** The last @ of the URI whose user part starts here: a password may hold one itself. */
    private static int lastAt(String line, int user) {
        int at = -1;
        for (int i = user; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c <= ' ' || c == '>' || c == '<' || c == '"' || c == ',' || c == ';' && at >= 0) {
                return at;
            }
            at = c == '@' ? i : at;
        }
        return at;
    }

    private int end(String line, String lower, int place, int secret) {
        if (lower.startsWith("sip", place)) {
            return lastAt(line, secret);
        }
        if (lower.startsWith("inline:", place)) {
            return unlessOneOf(line, secret, "| \t;\"");
        }
        if (secret == line.length() || line.charAt(secret) != '"') {
            return unlessOneOf(line, secret, ", \t;\"");
        }
        int end = afterQuoted(line, secret + 1);
        openQuote = end == line.length() && (end == secret + 1 || line.charAt(end - 1) != '"');
        return end;
    }

    private static int unlessOneOf(String line, int from, String ends) {
        int end = from;
        while (end < line.length() && ends.indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static int afterQuoted(String line, int from) {
        for (int i = from; i < line.length(); i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == '"') {
                return i + 1;
            }
        }
        return line.length();
    }

    private static int skipBlanks(String line, int from) {
        int place = from;
        while (place < line.length() && (line.charAt(place) == ' ' || line.charAt(place) == '\t')) {
            place++;
        }
        return place;
    }

    private static boolean tokenChar(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-' || c == '_';
    }
}
