package io.siprec.rtp.internal;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.codec.AudioCodecs;
import io.siprec.rtp.spi.AudioCodec;
import io.siprec.rtp.spi.AudioDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The negotiated payload types of one stream and their decoders. */
final class FormatTable {
    private final Format[] byPayloadType = new Format[128];
    private final boolean typesOfRtcp;
    private int foundType = -1; // the last one that was asked for
    private Format found;

    /** @param before what was negotiated before, or null: a format that stays keeps the state of its decoder */
    FormatTable(List<AudioFormat> formats, FormatTable before) {
        for (AudioFormat format : formats) {
            Format former = before == null ? null : before.find(format.payloadType());
            byPayloadType[format.payloadType()] =
                    former != null && former.format.equals(format) ? former : new Format(format);
        }
        typesOfRtcp = formats.stream().anyMatch(format -> format.payloadType() >= 64 && format.payloadType() < 96);
    }

    /** True when audio can only come in formats whose decoding is costly. */
    static boolean allCostly(List<AudioFormat> formats) {
        List<AudioCodec> codecs =
                formats.stream().flatMap(format -> codec(format).stream()).toList();
        return !codecs.isEmpty() && codecs.stream().allMatch(AudioCodec::costly);
    }

    private static Optional<AudioCodec> codec(AudioFormat format) {
        return AudioCodecs.find(format.encoding(), format.clockRateHz(), format.channels());
    }

    /** True when a payload type was negotiated that with a marker bit looks like RTCP (RFC 5761 §4): 64 to 95. */
    boolean hasTypesOfRtcp() {
        return typesOfRtcp;
    }

    /** Null when {@code payloadType} was not negotiated. */
    Format find(int payloadType) {
        if (payloadType != foundType) {
            foundType = payloadType;
            found = byPayloadType[payloadType];
        }
        return found;
    }

    /** One format of one stream. */
    static final class Format {
        private static final int MAX_PACKET_MS = 512;

        private final AudioFormat format;
        private final boolean silent;
        private final boolean comfortNoise;
        private final int clockRateHz; // with the next two, asked for with each packet
        private final int sampleRateHz;
        private final boolean costly;
        private final AudioCodec codec; // null when there is none
        private AudioDecoder decoder; // from the first payload on
        private RateConverter converter; // once the rate of the file is known
        private int fileRateHz;

        private Format(AudioFormat format) {
            this.format = format;
            this.silent = format.silent();
            this.comfortNoise = format.encoding().equalsIgnoreCase("CN");
            this.codec = codec(format).orElse(null);
            this.clockRateHz = format.clockRateHz();
            this.sampleRateHz = codec == null ? 0 : codec.sampleRateHz();
            this.costly = codec != null && codec.costly();
        }

        boolean silent() {
            return silent;
        }

        boolean comfortNoise() {
            return comfortNoise;
        }

        int clockRateHz() {
            return clockRateHz;
        }

        /** The rate that a file has which begins with it; 0 when it can't be decoded. */
        int sampleRateHz() {
            return sampleRateHz;
        }

        AudioFormat format() {
            return format;
        }

        /** See {@link AudioCodec#costly}. */
        boolean costly() {
            return costly;
        }

        /** Decodes into {@code pcm} at the rate of the file; the number of samples, or -1. */
        int decode(ByteBuffer payload, short[] pcm, int rateHz) {
            if (codec == null) {
                return -1;
            }
            int samples = decoder().decode(payload, pcm);
            if (samples > sampleRateHz * MAX_PACKET_MS / 1_000) {
                return -1;
            }
            return samples <= 0 || rateHz == sampleRateHz ? samples : convert(pcm, samples, rateHz);
        }

        /** What {@code next} repeats of the packet before it, at the rate of the file; 0 when nothing. */
        int recover(ByteBuffer next, short[] pcm, int rateHz) {
            int samples = codec == null ? 0 : decoder().recover(next, pcm);
            return samples <= 0 || rateHz == sampleRateHz ? samples : convert(pcm, samples, rateHz);
        }

        /** Made late: most streams use one of the formats that they negotiated. */
        private AudioDecoder decoder() {
            if (decoder == null) {
                decoder = codec.newDecoder();
            }
            return decoder;
        }

        private int convert(short[] pcm, int samples, int rateHz) {
            if (fileRateHz != rateHz) {
                fileRateHz = rateHz;
                converter = RateConverter.between(sampleRateHz, rateHz);
            }
            return converter == null ? -1 : converter.convert(pcm, samples);
        }
    }
}
