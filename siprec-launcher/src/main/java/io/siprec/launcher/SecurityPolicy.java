package io.siprec.launcher;

import io.siprec.server.SiprecServer;

/**
 * What is asked of the security of calls.
 *
 * @param secureOnly calls over TLS and lines with SRTP only
 * @param srtpKeys over which signalling keys of SRTP are taken
 */
record SecurityPolicy(boolean secureOnly, SrtpKeysPolicy srtpKeys) {
    private static final String SECURE_ONLY = "SECURE_ONLY";

    private enum Wanted {
        FALSE,
        TRUE
    }

    /** @param tls whether there is SIP over TLS at all */
    static SecurityPolicy of(SettingsReader reader, boolean tls) {
        boolean secureOnly = reader.choice(SECURE_ONLY, Wanted.class, Wanted.FALSE) == Wanted.TRUE;
        if (secureOnly && !tls) {
            reader.wrong(
                    SECURE_ONLY, "true", "no call could come in: there is no TLS; set SIP_TLS_CERT and SIP_TLS_KEY");
        }
        return new SecurityPolicy(secureOnly, SrtpKeysPolicy.of(reader));
    }

    void applyTo(SiprecServer.Builder builder) {
        builder.secureOnly(secureOnly);
        srtpKeys.applyTo(builder);
    }
}
