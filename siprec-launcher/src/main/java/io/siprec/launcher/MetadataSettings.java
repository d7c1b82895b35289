package io.siprec.launcher;

import io.siprec.server.SiprecServer;

/**
 * What is kept of recording metadata, and what it may get wrong.
 *
 * @param names whether names and addresses of participants are kept
 * @param errors what metadata that can't be read does
 */
record MetadataSettings(Names names, Errors errors) {
    static final MetadataSettings DEFAULT = new MetadataSettings(Names.KEEP, Errors.RECORD);

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
                reader.choice("METADATA_ERRORS", Errors.class, DEFAULT.errors));
    }

    void applyTo(SiprecServer.Builder builder) {
        builder.keepNames(names == Names.KEEP).endOnMetadataErrors(errors == Errors.END);
    }
}
