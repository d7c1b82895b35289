package io.siprec.core.metadata;

/** Repairs documents whose writer does not escape what it copies from SIP headers, as OpenSIPS does not. */
final class BareAmpersands {
    private static final int MAX_REFERENCE = 12;

    private BareAmpersands() {}

    /** {@code text} with each {@code &} that begins no reference escaped; the same one where there is none. */
    static String escape(String text) {
        int at = text.indexOf('&');
        if (at < 0) return text;
        StringBuilder out = new StringBuilder(text.length() + 16);
        int done = 0;
        for (; at >= 0; at = text.indexOf('&', at + 1)) {
            if (isReference(text, at)) continue;
            out.append(text, done, at).append("&amp;");
            done = at + 1;
        }
        return done == 0 ? text : out.append(text, done, text.length()).toString();
    }

    private static boolean isReference(String text, int ampersand) {
        int limit = Math.min(text.length(), ampersand + MAX_REFERENCE);
        int at = ampersand + 1;
        if (at < limit && text.charAt(at) == '#') at++;
        int start = at;
        while (at < limit && isNameCharacter(text.charAt(at))) at++;
        return at > start && at < limit && text.charAt(at) == ';';
    }

    private static boolean isNameCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
