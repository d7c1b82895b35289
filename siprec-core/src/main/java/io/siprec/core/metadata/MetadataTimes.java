package io.siprec.core.metadata;

import io.siprec.core.FindingCode;
import io.siprec.core.internal.Findings;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times: RFC 3339 as RFC 7865 §6.9 wants it, and what clients write instead. */
final class MetadataTimes {
    private static final int MAX_CHARS = 64;
    private static final Pattern TIME =
            Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)([Tt ])(\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,30}))?"
                    + "\\s?([Zz]|[+-]\\d\\d(?::?\\d\\d)?)?");

    private MetadataTimes() {}

    /** The instant; empty, with a finding, where it cannot be read. Without a zone it is taken as UTC. */
    static Optional<Instant> read(String text, Findings findings) {
        Matcher matcher = TIME.matcher(text);
        if (text.length() > MAX_CHARS || !matcher.matches()) return unreadable(findings);
        String zone = matcher.group(9);
        if (zone == null) {
            findings.once(FindingCode.METADATA_TIME_ZONE_MISSING, "times without a zone");
        } else if (!isStrict(matcher.group(4), zone)) {
            findings.once(FindingCode.METADATA_TIME_FORM, "times that are not quite RFC 3339");
        }
        try {
            return Optional.of(instant(matcher, zone == null ? "Z" : zone));
        } catch (DateTimeException e) {
            return unreadable(findings);
        }
    }

    private static boolean isStrict(String separator, String zone) {
        return separator.equals("T") && (zone.equals("Z") || zone.length() == 6);
    }

    private static Instant instant(Matcher matcher, String zone) {
        int second = number(matcher, 7);
        int leap = second == 60 ? 1 : 0;
        String fraction = matcher.group(8) == null ? "" : matcher.group(8);
        int nano = Integer.parseInt((fraction + "000000000").substring(0, 9));
        ZoneOffset offset = zone.equalsIgnoreCase("Z") ? ZoneOffset.UTC : ZoneOffset.of(zone);
        return LocalDateTime.of(
                        number(matcher, 1),
                        number(matcher, 2),
                        number(matcher, 3),
                        number(matcher, 5),
                        number(matcher, 6),
                        second - leap,
                        nano)
                .toInstant(offset)
                .plusSeconds(leap);
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static Optional<Instant> unreadable(Findings findings) {
        findings.once(FindingCode.METADATA_TIME_UNREADABLE, "a time that cannot be read");
        return Optional.empty();
    }
}
