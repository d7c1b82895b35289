package io.siprec.core.sdp;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A payload format of an m-line (RFC 8866 §6.6); static types are known without rtpmap (RFC 3551 §6).
 *
 * @param payloadType 0 to 127
 * @param encoding as the sender wrote it; compares without case
 * @param clockRateHz of its RTP timestamps; at least 1
 * @param channels at least 1
 * @param parameters the fmtp value without the payload type, "" for none
 */
public record PayloadFormat(int payloadType, String encoding, int clockRateHz, int channels, String parameters) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._+-]{1,32}");
    private static final Set<String> COMPANIONS = Set.of("red", "rtx", "parityfec", "ulpfec", "flexfec", "t140c");

    /** Checks the ranges. */
    public PayloadFormat {
        if (payloadType < 0 || payloadType > 127) throw new IllegalArgumentException("payload type " + payloadType);
        if (clockRateHz < 1) throw new IllegalArgumentException("clock rate " + clockRateHz);
        if (channels < 1) throw new IllegalArgumentException("channels " + channels);
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(parameters, "parameters");
    }

    /** True when the encoding has that name, without case. */
    public boolean isEncoding(String name) {
        return encoding.equalsIgnoreCase(name);
    }

    /** Events such as DTMF instead of audio (RFC 4733). */
    public boolean isTelephoneEvent() {
        return isEncoding("telephone-event");
    }

    /** Comfort noise instead of audio (RFC 3389). */
    public boolean isComfortNoise() {
        return isEncoding("CN");
    }

    /**
     * True when it can be audio as far as its name tells: neither events nor comfort noise, nor what only goes with another format
     * (RFC 2198, RFC 4588, RFC 5109, RFC 8627).
     */
    boolean isAudio() {
        return NAME.matcher(encoding).matches()
                && !isTelephoneEvent()
                && !isComfortNoise()
                && !COMPANIONS.contains(encoding.toLowerCase(Locale.ROOT));
    }

    PayloadFormat withParameters(String others) {
        return new PayloadFormat(payloadType, encoding, clockRateHz, channels, others);
    }

    /** What {@link AnswerCapabilities#decodable()} is asked for: {@code PCMU/8000}, {@code OPUS/48000/2}. */
    public String key() {
        String key = encoding.toUpperCase(Locale.ROOT) + '/' + clockRateHz;
        return channels == 1 ? key : key + '/' + channels;
    }

    /** The value of its rtpmap attribute (RFC 8866 §6.6). */
    public String rtpmap() {
        String map = payloadType + " " + encoding + '/' + clockRateHz;
        return channels == 1 ? map : map + '/' + channels;
    }
}
