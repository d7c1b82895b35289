package io.siprec.rtp.internal;

import io.siprec.rtp.G711;
import io.siprec.rtp.WavAudio;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads WAV files whole. */
public final class WavReader {
    private static final long MAX_FILE_BYTES = 1L << 30;
    private static final int PCM = 1;
    private static final int ALAW = 6;
    private static final int ULAW = 7;
    private static final int EXTENSIBLE = 0xfffe;

    private WavReader() {}

    /** The audio of {@code file}. */
    public static WavAudio read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MAX_FILE_BYTES) {
            throw new IOException(file + ": " + size + " bytes, at most " + MAX_FILE_BYTES + " are read");
        }
        try {
            return parse(ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    static WavAudio parse(ByteBuffer in) throws IOException {
        in.order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < 12 || !startsWav(tag(in))) {
            throw new IOException("not a WAV file: no RIFF header");
        }
        in.getInt();
        if (!tag(in).equals("WAVE")) {
            throw new IOException("not a WAV file: RIFF, but not WAVE");
        }
        Format format = null;
        while (in.remaining() >= 8) {
            String chunk = tag(in);
            int length = (int) Math.min(in.getInt() & 0xffff_ffffL, in.remaining());
            ByteBuffer body = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            if (chunk.equals("fmt ")) {
                format = Format.parse(body);
            } else if (chunk.equals("data")) {
                if (format == null) {
                    throw new IOException("data before the format");
                }
                return new WavAudio(format.sampleRateHz, format.channels, format.decode(body));
            }
            in.position(Math.min(in.limit(), in.position() + length + (length & 1)));
        }
        throw new IOException("no audio data in it");
    }

    private static boolean startsWav(String tag) {
        return tag.equals("RIFF") || tag.equals("RF64");
    }

    private static String tag(ByteBuffer in) {
        byte[] tag = new byte[4];
        in.get(tag);
        return new String(tag, StandardCharsets.ISO_8859_1);
    }

    private record Format(int code, int channels, int sampleRateHz, int bitsPerSample) {
        static Format parse(ByteBuffer body) throws IOException {
            if (body.remaining() < 16) {
                throw new IOException("format chunk of " + body.remaining() + " bytes");
            }
            int code = body.getShort(0) & 0xffff;
            if (code == EXTENSIBLE && body.remaining() >= 26) {
                code = body.getShort(24) & 0xffff;
            }
            Format format = new Format(code, body.getShort(2) & 0xffff, body.getInt(4), body.getShort(14) & 0xffff);
            if (format.channels < 1 || format.sampleRateHz < 1) {
                throw new IOException(format.channels + " channels at " + format.sampleRateHz + " Hz");
            }
            return format;
        }

        short[] decode(ByteBuffer data) throws IOException {
            if (code == PCM && bitsPerSample == 16) {
                short[] pcm = new short[data.remaining() / 2];
                data.asShortBuffer().get(pcm);
                return pcm;
            }
            if ((code == ULAW || code == ALAW) && bitsPerSample == 8) {
                return companded(data);
            }
            throw new IOException("format " + code + " with " + bitsPerSample
                    + " bits: only 16-bit PCM, mu-law and A-law can be read");
        }

        private short[] companded(ByteBuffer data) {
            byte[] codes = new byte[data.remaining()];
            data.get(codes);
            short[] pcm = new short[codes.length];
            if (code == ULAW) {
                G711.decodeUlaw(codes, 0, codes.length, pcm, 0);
            } else {
                G711.decodeAlaw(codes, 0, codes.length, pcm, 0);
            }
            return pcm;
        }
    }
}
