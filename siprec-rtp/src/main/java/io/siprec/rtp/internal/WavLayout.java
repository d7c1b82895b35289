package io.siprec.rtp.internal;

import io.siprec.rtp.AudioFormat;
import io.siprec.rtp.G711;
import io.siprec.rtp.RecordingFormat;
import io.siprec.rtp.SampleEncoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The header of a WAV file of ours. Room is kept for 64-bit sizes: a file that grows over 4 GiB becomes RF64 where it stands
 * (EBU Tech 3306 §4).
 */
record WavLayout(Encoding encoding, int channels, int sampleRateHz) {
    /** A file without audio: its header is not longer than others, so that they can take its place. */
    static final WavLayout EMPTY = new WavLayout(Encoding.PCM16, 1, 8_000);

    /** The longest header. */
    static final int MAX_HEADER_BYTES = 94;

    static final int PCM16_HEADER_BYTES = 80;

    private static final long MAX_SIZE = 0xffff_ffffL;
    private static final int DS64_BYTES = 28;

    enum Encoding {
        PCM16(1, 2, 0),
        ALAW(6, 1, 0xd5),
        ULAW(7, 1, 0xff);

        final int code;
        final int sampleBytes;
        final byte silence;

        Encoding(int code, int sampleBytes, int silence) {
            this.code = code;
            this.sampleBytes = sampleBytes;
            this.silence = (byte) silence;
        }

        SampleEncoding published() {
            return SampleEncoding.valueOf(name());
        }

        byte encode(short sample) {
            return this == ALAW ? G711.encodeAlaw(sample) : G711.encodeUlaw(sample);
        }
    }

    /** A file of one stream that begins with audio of {@code first}. */
    static WavLayout mono(RecordingFormat format, AudioFormat first, int sampleRateHz) {
        Encoding encoding = Encoding.PCM16;
        if (format == RecordingFormat.WAV_G711 && first.encoding().equalsIgnoreCase("PCMU")) {
            encoding = Encoding.ULAW;
        } else if (format == RecordingFormat.WAV_G711 && first.encoding().equalsIgnoreCase("PCMA")) {
            encoding = Encoding.ALAW;
        }
        return new WavLayout(encoding, 1, sampleRateHz);
    }

    int headerBytes() {
        return encoding == Encoding.PCM16 ? PCM16_HEADER_BYTES : MAX_HEADER_BYTES;
    }

    /** Of one sample of each channel. */
    int frameBytes() {
        return channels * encoding.sampleBytes;
    }

    /** Writes the header of {@code dataBytes} of audio into {@code out}, from 0 to {@link #headerBytes}. */
    void write(ByteBuffer out, long dataBytes) {
        long riffBytes = headerBytes() - 8 + dataBytes + (dataBytes & 1);
        boolean large = riffBytes > MAX_SIZE;
        out.clear().order(ByteOrder.LITTLE_ENDIAN);
        tag(out, large ? "RF64" : "RIFF").putInt(small(riffBytes, large));
        tag(out, "WAVE");
        tag(out, large ? "ds64" : "JUNK").putInt(DS64_BYTES);
        out.putLong(large ? riffBytes : 0).putLong(large ? dataBytes : 0);
        out.putLong(large ? dataBytes / frameBytes() : 0).putInt(0);
        format(out);
        if (encoding != Encoding.PCM16) {
            tag(out, "fact").putInt(4).putInt(small(dataBytes / frameBytes(), large));
        }
        tag(out, "data").putInt(small(dataBytes, large));
        out.flip();
    }

    private static int small(long size, boolean large) {
        return large ? -1 : (int) size;
    }

    private void format(ByteBuffer out) {
        boolean pcm = encoding == Encoding.PCM16;
        tag(out, "fmt ").putInt(pcm ? 16 : 18).putShort((short) encoding.code).putShort((short) channels);
        out.putInt(sampleRateHz).putInt(frameBytes() * sampleRateHz);
        out.putShort((short) frameBytes()).putShort((short) (8 * encoding.sampleBytes));
        if (!pcm) {
            out.putShort((short) 0);
        }
    }

    private static ByteBuffer tag(ByteBuffer out, String tag) {
        return out.put(tag.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Turns samples in {@code block} into their codes, where they stand. */
    void encode(ByteBuffer block) {
        if (encoding == Encoding.PCM16) {
            return;
        }
        byte[] codes = G711Tables.of(encoding);
        int samples = block.remaining() / 2;
        for (int i = 0; i < samples; i++) {
            block.put(i, codes[block.getShort(2 * i) & 0xffff]);
        }
        block.limit(samples);
    }

    /** All codes by their samples: to look them up costs a fifth of working them out. */
    private static final class G711Tables {
        private static final byte[] ULAW = table(Encoding.ULAW);
        private static final byte[] ALAW = table(Encoding.ALAW);

        static byte[] of(Encoding encoding) {
            return encoding == Encoding.ULAW ? ULAW : ALAW;
        }

        private static byte[] table(Encoding encoding) {
            byte[] codes = new byte[1 << 16];
            for (int sample = 0; sample < codes.length; sample++) {
                codes[sample] = encoding.encode((short) sample);
            }
            return codes;
        }
    }
}
