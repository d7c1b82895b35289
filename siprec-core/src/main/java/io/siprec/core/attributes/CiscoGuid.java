package io.siprec.core.attributes;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The call id that Cisco gateways write as four decimal numbers and show as four hexadecimal ones. */
final class CiscoGuid {
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,10}(-\\d{1,10}){3}");
    private static final long MAX_WORD = 0xFFFFFFFFL;

    private CiscoGuid() {}

    /** {@code 0802710458-...} as {@code 2FD873BA-...}; empty for what is no such id. */
    static Optional<String> hexadecimal(String value) {
        String text = value.strip();
        if (!DECIMAL.matcher(text).matches()) {
            return Optional.empty();
        }
        StringBuilder hex = new StringBuilder(35);
        for (String word : text.split("-")) {
            long number = Long.parseLong(word);
            if (number > MAX_WORD) {
                return Optional.empty();
            }
            hex.append(hex.isEmpty() ? "" : "-").append(String.format(Locale.ROOT, "%08X", number));
        }
        return Optional.of(hex.toString());
    }
}
