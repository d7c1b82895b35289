package io.siprec.core;

import java.util.Objects;

/**
 * Something odd that was recorded all the same.
 *
 * @param code what it is, for programs: kebab-case, for example {@code sdp-missing-timing}
 * @param severity how much it matters
 * @param reference the rule that was bent, for example {@code RFC 8866 §5.7}, or ""
 * @param text what it is, for people; control characters are replaced, the length is bounded
 */
public record Finding(String code, Severity severity, String reference, String text) {
    /** The most characters that {@link #text()} may have. */
    public static final int MAX_TEXT_CHARS = 300;

    /** Checks the code, cleans and shortens the text. */
    public Finding {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(reference, "reference");
        text = clean(Objects.requireNonNull(text, "text"));
    }

    /**
     * A finding of the catalogue; its text says what was odd, and what was done about it.
     *
     * @param odd what was odd, in a few words without a full stop
     */
    public static Finding of(FindingCode code, String odd) {
        int most = MAX_TEXT_CHARS - code.done().length() - 2;
        return new Finding(code.id(), code.severity(), code.reference(), bounded(odd, most) + "; " + code.done());
    }

    private static String bounded(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private static String clean(String text) {
        String bounded = bounded(text, MAX_TEXT_CHARS);
        StringBuilder out = null;
        for (int i = 0; i < bounded.length(); i++) {
            if (isPlain(bounded.charAt(i))) continue;
            if (out == null) out = new StringBuilder(bounded);
            out.setCharAt(i, '?');
        }
        return out == null ? bounded : out.toString();
    }

    /** Controls would forge log lines; format characters (text direction, zero width) would forge how they look. */
    private static boolean isPlain(char c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
