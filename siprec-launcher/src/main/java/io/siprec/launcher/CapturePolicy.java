package io.siprec.launcher;

import io.siprec.rtp.CaptureScope;
import io.siprec.server.SiprecServer;
import java.util.Optional;

/**
 * Which packets of calls are kept.
 *
 * @param packets of RTP; empty where nothing is said: those that gave no audio, but none where keys are masked
 * @param decrypted whether those of encrypted lines are kept in clear
 */
record CapturePolicy(Optional<Packets> packets, boolean decrypted) {
    static final CapturePolicy DEFAULT = new CapturePolicy(Optional.empty(), false);

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
                reader.given(CAPTURE)
                        ? Optional.of(reader.choice(CAPTURE, Packets.class, Packets.OFF))
                        : Optional.empty(),
                reader.choice("RECORDING_CAPTURE_DECRYPTED", Decrypted.class, Decrypted.FALSE) == Decrypted.TRUE);
    }

    /** Packets tell the keys that are to be kept out. */
    void checkAgainst(MetadataSettings metadata, SettingsReader reader) {
        if (metadata.dtmfMasked() && packets.orElse(Packets.OFF) != Packets.OFF) {
            reader.wrong(
                    CAPTURE,
                    reader.text(CAPTURE, ""),
                    "a capture would hold the keys that DTMF_MASK keeps out; set " + CAPTURE
                            + "=off or DTMF_MASK=false");
        }
    }

    void applyTo(SiprecServer.Builder builder) {
        builder.captureDecrypted(decrypted);
        packets.ifPresent(wanted -> {
            switch (wanted) {
                case OFF -> builder.withoutCapture();
                case UNDECODABLE -> builder.capture(CaptureScope.UNDECODABLE);
                case ALL -> builder.capture(CaptureScope.ALL);
            }
        });
    }
}
