package io.siprec.launcher;

import io.siprec.server.SiprecServer;

/** Over which signalling the keys of encrypted lines are taken. */
enum SrtpKeysPolicy {
    /** Any, with a finding where it is not TLS. */
    ANY,
    /** TLS only. */
    TLS;

    static SrtpKeysPolicy of(SettingsReader reader) {
        return reader.choice("SRTP_KEYS", SrtpKeysPolicy.class, ANY);
    }

    void applyTo(SiprecServer.Builder builder) {
        builder.srtpKeysOverTlsOnly(this == TLS);
    }
}
