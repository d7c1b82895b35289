package io.siprec.rtp.internal;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.spi.AudioCodec;
import io.siprec.rtp.spi.AudioDecoder;
import java.util.List;

/** The negotiated payload types of one stream and their decoders. */
final class FormatTable {
    /** The rate of every file for now: all codecs have it. */
    static final int SAMPLE_RATE_HZ = 8_000;

    private static final List<AudioCodec> CODECS = List.of(G711Codec.values());

    private final Format[] byPayloadType = new Format[128];

    FormatTable(List<AudioFormat> formats) {
        for (AudioFormat format : formats) {
            byPayloadType[format.payloadType()] =
                    new Format(format.silent(), format.encoding().equalsIgnoreCase("CN"), decoderFor(format));
        }
    }

    private static AudioDecoder decoderFor(AudioFormat format) {
        for (AudioCodec codec : CODECS) {
            if (codec.encoding().equalsIgnoreCase(format.encoding()) && codec.clockRateHz() == format.clockRateHz()) {
                return codec.newDecoder();
            }
        }
        return null;
    }

    /** Null when {@code payloadType} was not negotiated. */
    Format find(int payloadType) {
        return byPayloadType[payloadType];
    }

    /** One format; {@code decoder} is null when there is none for it. */
    record Format(boolean silent, boolean comfortNoise, AudioDecoder decoder) {}
}
