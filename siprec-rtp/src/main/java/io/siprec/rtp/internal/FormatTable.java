package io.siprec.rtp.internal;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.codec.AudioCodecs;
import io.siprec.rtp.spi.AudioCodec;
import io.siprec.rtp.spi.AudioDecoder;
import java.util.List;

/** The negotiated payload types of one stream and their decoders. */
final class FormatTable {
    /** The rate of every file for now; a codec that has another is not used. */
    static final int SAMPLE_RATE_HZ = 8_000;

    private final Format[] byPayloadType = new Format[128];
    private final boolean typesOfRtcp;

    FormatTable(List<AudioFormat> formats) {
        for (AudioFormat format : formats) {
            byPayloadType[format.payloadType()] = new Format(format, decoderFor(format));
        }
        typesOfRtcp = formats.stream().anyMatch(format -> format.payloadType() >= 64 && format.payloadType() < 96);
    }

    private static AudioDecoder decoderFor(AudioFormat format) {
        return AudioCodecs.find(format.encoding(), format.clockRateHz(), 1)
                .filter(codec -> codec.sampleRateHz() == SAMPLE_RATE_HZ)
                .map(AudioCodec::newDecoder)
                .orElse(null);
    }

    /** True when a payload type was negotiated that with a marker bit looks like RTCP (RFC 5761 §4): 64 to 95. */
    boolean hasTypesOfRtcp() {
        return typesOfRtcp;
    }

    /** Null when {@code payloadType} was not negotiated. */
    Format find(int payloadType) {
        return byPayloadType[payloadType];
    }

    /** One format; {@code decoder} is null when there is none for it. */
    record Format(boolean silent, boolean comfortNoise, int clockRateHz, AudioDecoder decoder) {
        Format(AudioFormat format, AudioDecoder decoder) {
            this(format.silent(), format.encoding().equalsIgnoreCase("CN"), format.clockRateHz(), decoder);
        }
    }
}
