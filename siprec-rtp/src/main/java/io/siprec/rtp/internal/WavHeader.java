package io.siprec.rtp.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The header of a mono 16-bit PCM file. */
final class WavHeader {
    static final int BYTES = 44;
    private static final long MAX_DATA_BYTES = 0xffff_ffffL - (BYTES - 8) - 1; // an even number

    private WavHeader() {}

    /** Writes the header of {@code dataBytes} of audio into {@code out}, from 0 to {@link #BYTES}. */
    static void write(ByteBuffer out, int sampleRateHz, long dataBytes) {
        int size = (int) Math.min(dataBytes, MAX_DATA_BYTES);
        out.clear().order(ByteOrder.LITTLE_ENDIAN);
        tag(out, "RIFF").putInt(size + BYTES - 8);
        tag(out, "WAVE");
        tag(out, "fmt ").putInt(16).putShort((short) 1).putShort((short) 1);
        out.putInt(sampleRateHz).putInt(2 * sampleRateHz).putShort((short) 2).putShort((short) 16);
        tag(out, "data").putInt(size);
        out.flip();
    }

    private static ByteBuffer tag(ByteBuffer out, String tag) {
        return out.put(tag.getBytes(StandardCharsets.ISO_8859_1));
    }
}
