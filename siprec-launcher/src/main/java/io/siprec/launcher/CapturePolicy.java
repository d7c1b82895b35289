package io.siprec.launcher;

import io.siprec.rtp.CaptureScope;
import io.siprec.server.SiprecServer;

/**
 * Which packets of calls are kept.
 *
 * @param packets of RTP
 * @param decrypted whether those of encrypted lines are kept in clear
 */
record CapturePolicy(Packets packets, boolean decrypted) {
    static final CapturePolicy DEFAULT = new CapturePolicy(Packets.OFF, false);

    private static final String CAPTURE = "RECORDING_CAPTURE";

    /** Which there are in a capture. */
    enum Packets {
        /** There is none. */
        OFF,
        /** Those that gave no audio. */
        UNDECODABLE,
        /** Those of the recorded sources. */
        ALL
    }

    private enum Decrypted {
        FALSE,
        TRUE
    }

    static CapturePolicy of(SettingsReader reader) {
        return new CapturePolicy(
                reader.choice(CAPTURE, Packets.class, DEFAULT.packets),
                reader.choice("RECORDING_CAPTURE_DECRYPTED", Decrypted.class, Decrypted.FALSE) == Decrypted.TRUE);
    }

    /** Packets tell the keys that are to be kept out. */
    void checkAgainst(MetadataSettings metadata, SettingsReader reader) {
        if (packets != Packets.OFF && metadata.dtmfMasked()) {
            reader.wrong(
                    CAPTURE,
                    reader.text(CAPTURE, ""),
                    "a capture would hold the keys that DTMF_MASK keeps out; set " + CAPTURE
                            + "=off or DTMF_MASK=false");
        }
    }

    void applyTo(SiprecServer.Builder builder) {
        if (packets != Packets.OFF) {
            builder.capture(packets == Packets.ALL ? CaptureScope.ALL : CaptureScope.UNDECODABLE)
                    .captureDecrypted(decrypted);
        }
    }
}
