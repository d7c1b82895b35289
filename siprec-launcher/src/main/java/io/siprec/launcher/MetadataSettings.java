package io.siprec.launcher;

import io.siprec.core.attributes.HeaderPatterns;
import io.siprec.server.SiprecServer;
import java.util.List;

/**
 * What is kept of recording metadata, and what it may get wrong.
 *
 * @param names whether names and addresses of participants are kept
 * @param errors what metadata that can't be read does
 * @param headers header fields that become attributes of the call, with {@code *} for any characters
 */
record MetadataSettings(Names names, Errors errors, List<String> headers) {
    static final MetadataSettings DEFAULT = new MetadataSettings(Names.KEEP, Errors.RECORD, List.of("X-*"));

    private static final String HEADERS = "SIP_ATTRIBUTE_HEADERS";

    /** What becomes of names. */
    enum Names {
        KEEP,
        DROP
    }

    /** What becomes of a session. */
    enum Errors {
        RECORD,
        END
    }

    static MetadataSettings of(SettingsReader reader) {
        return new MetadataSettings(
                reader.choice("METADATA_NAMES", Names.class, DEFAULT.names),
                reader.choice("METADATA_ERRORS", Errors.class, DEFAULT.errors),
                headers(reader));
    }

    private static List<String> headers(SettingsReader reader) {
        List<String> names = reader.given(HEADERS) ? reader.list(HEADERS) : DEFAULT.headers;
        try {
            HeaderPatterns.of(names);
        } catch (IllegalArgumentException e) {
            reader.wrong(
                    HEADERS, reader.text(HEADERS, ""), e.getMessage() + "; use names with commas, as in X-*,Subject");
        }
        return names;
    }

    void applyTo(SiprecServer.Builder builder) {
        builder.keepNames(names == Names.KEEP)
                .endOnMetadataErrors(errors == Errors.END)
                .attributeHeaders(HeaderPatterns.of(headers));
    }
}
