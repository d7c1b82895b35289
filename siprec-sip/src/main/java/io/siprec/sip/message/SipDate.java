package io.siprec.sip.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Date header (RFC 3261 section 20.17), always GMT.
 *
 * @param instant to the second
 */
public record SipDate(Instant instant) implements HeaderValue {
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern READ = Pattern.compile(
            "(?:\\p{Alpha}+,?\\s+)?(\\d{1,2})[ -](\\p{Alpha}{3})[ -](\\d{4}|\\d{2})\\s+"
                    + "(\\d{1,2}):(\\d{2}):(\\d{2})\\s*(?:GMT|UTC|UT|Z|[+-]00:?00)?",
            Pattern.CASE_INSENSITIVE);
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /**
     * Reads a date: as the RFC writes it, or without the weekday or zone, with a short day or year, in any case. Another
     * zone than GMT is a fault.
     */
    public static SipDate parse(String text) throws SipParseException {
        Matcher date = READ.matcher(text.trim());
        int month = date.matches() ? MONTHS.indexOf(date.group(2).toLowerCase(Locale.ROOT)) + 1 : 0;
        if (month == 0) {
            throw new SipParseException(400, "Bad Date header");
        }
        int year = Integer.parseInt(date.group(3));
        try {
            LocalDateTime time = LocalDateTime.of(
                    year < 100 ? year + 2000 : year,
                    month,
                    Integer.parseInt(date.group(1)),
                    Integer.parseInt(date.group(4)),
                    Integer.parseInt(date.group(5)),
                    Math.min(Integer.parseInt(date.group(6)), 59)); // a leap second
            return new SipDate(time.toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            throw new SipParseException(400, "Bad Date header");
        }
    }

    @Override
    public String toString() {
        return WRITTEN.format(instant);
    }
}
