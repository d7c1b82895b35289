package io.siprec.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where SIP messages are shown.
 *
 * @param on whether they are
 * @param file into which; empty for the log
 */
record TraceSettings(boolean on, Optional<Path> file) {
    static final TraceSettings OFF = new TraceSettings(false, Optional.empty());

    private static final String NAME = "SIP_TRACE";
    private static final String REMEDY = "use off, log, or a file as in ./sip-trace.txt";

    static TraceSettings of(SettingsReader reader) {
        String value = reader.text(NAME, "off");
        switch (value.toLowerCase(Locale.ROOT)) {
            case "off":
                return OFF;
            case "log":
                return new TraceSettings(true, Optional.empty());
            default:
                return file(reader, value);
        }
    }

    /** A bare word is more likely a slip than a file. */
    private static TraceSettings file(SettingsReader reader, String value) {
        try {
            if (value.indexOf('.') >= 0 || value.indexOf('/') >= 0) {
                return new TraceSettings(
                        true, Optional.of(Path.of(value).toAbsolutePath().normalize()));
            }
            reader.wrong(NAME, value, "unknown; " + REMEDY);
        } catch (InvalidPathException e) {
            reader.wrong(NAME, value, "not a path; " + REMEDY);
        }
        return OFF;
    }
}
