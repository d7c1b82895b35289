package io.siprec.core.sdp;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Names formats for the text of a Warning: short, and of the peer's text only what is a plain word. */
final class FormatNames {
    private static final int MOST = 8;
    private static final int MAX_NAME = 24;

    private FormatNames() {}

    /** The offered formats of a line, those without a meaning by their number. */
    static String offered(MediaDescription line) {
        List<PayloadFormat> known = line.payloadFormats();
        List<String> names = line.formats().stream()
                .limit(MOST)
                .map(number -> known.stream()
                        .filter(one -> String.valueOf(one.payloadType()).equals(number))
                        .findFirst()
                        .map(PayloadFormat::key)
                        .orElse(number + " without rtpmap"))
                .map(FormatNames::plain)
                .toList();
        String more = line.formats().size() > MOST ? " and more" : "";
        return names.isEmpty() ? "none" : String.join(", ", names) + more;
    }

    static String of(List<PayloadFormat> formats) {
        return formats.stream()
                .limit(MOST)
                .map(PayloadFormat::key)
                .map(FormatNames::plain)
                .collect(Collectors.joining(", "));
    }

    /** What this recorder takes. */
    static String taken(Collection<String> decodable) {
        return decodable.stream().sorted().limit(MOST).collect(Collectors.joining(", "));
    }

    private static String plain(String name) {
        String bounded = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
        return bounded.replaceAll("[^A-Za-z0-9./_+ -]", "?");
    }
}
