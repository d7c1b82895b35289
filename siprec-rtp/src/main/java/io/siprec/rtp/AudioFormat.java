package io.siprec.rtp;

import java.util.Objects;

/** A negotiated payload format: RTP payload type, encoding name, clock rate and channels (RFC 3551, RFC 8866 §6.6). */
public record AudioFormat(int payloadType, String encoding, int clockRateHz, int channels) {
    /** Checks the ranges. */
    public AudioFormat {
        Objects.requireNonNull(encoding, "encoding");
        if (payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("payloadType must be 0..127, was " + payloadType);
        }
        if (clockRateHz < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "clockRateHz and channels must be >= 1, were " + clockRateHz + " and " + channels);
        }
    }

    /** With the channels that the rtpmap of the encoding has by default: 2 for opus (RFC 7587 §4.1), 1 for others. */
    public AudioFormat(int payloadType, String encoding, int clockRateHz) {
        this(payloadType, encoding, clockRateHz, encoding.equalsIgnoreCase("opus") ? 2 : 1);
    }

    /** True for telephone-event (RFC 4733): its packets say which keys were pressed. */
    public boolean telephoneEvent() {
        return encoding.equalsIgnoreCase("telephone-event");
    }

    /** True for formats that carry no audio: telephone-event (RFC 4733) and CN (RFC 3389). */
    public boolean silent() {
        return telephoneEvent() || encoding.equalsIgnoreCase("CN");
    }
}
