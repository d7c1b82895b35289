package io.siprec.launcher;

import io.siprec.core.attributes.HeaderPatterns;
import io.siprec.server.SiprecServer;
import java.util.List;

/**
 * What is kept of a call beside its audio, and what its metadata may get wrong.
 *
 * @param names whether names and addresses of participants are kept
 * @param errors what metadata that can't be read does
 * @param dtmfMasked whether the keys that are pressed are kept out of recordings
 * @param headers header fields that become attributes of the call, with {@code *} for any characters
 */
record MetadataSettings(Names names, Errors errors, boolean dtmfMasked, List<String> headers) {
    static final MetadataSettings DEFAULT = new MetadataSettings(Names.KEEP, Errors.RECORD, false, List.of("X-*"));

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

    private enum Masked {
        FALSE,
        TRUE
    }

    static MetadataSettings of(SettingsReader reader) {
        return new MetadataSettings(
                reader.choice("METADATA_NAMES", Names.class, DEFAULT.names),
                reader.choice("METADATA_ERRORS", Errors.class, DEFAULT.errors),
                reader.choice("DTMF_MASK", Masked.class, Masked.FALSE) == Masked.TRUE,
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
                .maskDtmf(dtmfMasked)
                .attributeHeaders(HeaderPatterns.of(headers));
    }
}
