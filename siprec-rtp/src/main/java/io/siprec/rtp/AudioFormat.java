package io.siprec.rtp;

import java.util.Objects;

/** A negotiated payload format: RTP payload type, encoding name and clock rate (RFC 3551, RFC 8866 §6.6). */
public record AudioFormat(int payloadType, String encoding, int clockRateHz) {
    /** Checks the ranges. */
    public AudioFormat {
        Objects.requireNonNull(encoding, "encoding");
        if (payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("payloadType must be 0..127, was " + payloadType);
        }
        if (clockRateHz < 1) {
            throw new IllegalArgumentException("clockRateHz must be >= 1, was " + clockRateHz);
        }
    }

    /** True for formats that carry no audio: telephone-event (RFC 4733) and CN (RFC 3389). */
    public boolean silent() {
        return encoding.equalsIgnoreCase("telephone-event") || encoding.equalsIgnoreCase("CN");
    }
}
