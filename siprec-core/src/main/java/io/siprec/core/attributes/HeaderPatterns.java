package io.siprec.core.attributes;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of header fields that become attributes as they are, such as {@code X-*}. Immutable. */
public final class HeaderPatterns {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{1,80}");

    private final List<Pattern> patterns;

    private HeaderPatterns(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /**
     * Reads names; {@code *} in a name stands for any characters.
     *
     * @throws IllegalArgumentException for what can be no header field's name
     */
    public static HeaderPatterns of(List<String> names) {
        return new HeaderPatterns(names.stream().map(HeaderPatterns::pattern).toList());
    }

    /** All {@code X-} headers. */
    public static HeaderPatterns vendorHeaders() {
        return of(List.of("X-*"));
    }

    boolean matches(String name) {
        return patterns.stream().anyMatch(one -> one.matcher(name).matches());
    }

    private static Pattern pattern(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a header field can't have the name \"" + name + "\"");
        }
        StringBuilder regex = new StringBuilder();
        for (String piece : name.toLowerCase(Locale.ROOT).split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(piece.isEmpty() ? "(?:)" : Pattern.quote(piece));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }
}
