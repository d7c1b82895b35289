package io.siprec.rtp;

/** The two laws of ITU-T G.711 (RFC 3551 §4.5.14): mu-law is PCMU, A-law is PCMA. PCM is 16-bit linear. */
public final class G711 {
    private static final int ULAW_BIAS = 0x84;
    private static final int ULAW_CLIP = 32_635;
    private static final short[] ULAW = new short[256];
    private static final short[] ALAW = new short[256];

    static {
        for (int code = 0; code < 256; code++) {
            ULAW[code] = expandUlaw(code);
            ALAW[code] = expandAlaw(code);
        }
    }

    private G711() {}

    private static short expandUlaw(int code) {
        int bits = ~code & 0xff;
        int magnitude = ((((bits & 0x0f) << 3) + ULAW_BIAS) << (bits >> 4 & 7)) - ULAW_BIAS;
        return (short) ((bits & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static short expandAlaw(int code) {
        int bits = code ^ 0x55;
        int segment = bits >> 4 & 7;
        int step = (bits & 0x0f) << 4;
        int magnitude = segment == 0 ? step + 8 : (step + 0x108) << (segment - 1);
        return (short) ((bits & 0x80) != 0 ? magnitude : -magnitude);
    }

    /** One mu-law code as a sample. */
    public static short decodeUlaw(byte code) {
        return ULAW[code & 0xff];
    }

    /** One A-law code as a sample. */
    public static short decodeAlaw(byte code) {
        return ALAW[code & 0xff];
    }

    /** {@code length} mu-law codes as samples. */
    public static void decodeUlaw(byte[] codes, int offset, int length, short[] pcm, int pcmOffset) {
        decode(ULAW, codes, offset, length, pcm, pcmOffset);
    }

    /** {@code length} A-law codes as samples. */
    public static void decodeAlaw(byte[] codes, int offset, int length, short[] pcm, int pcmOffset) {
        decode(ALAW, codes, offset, length, pcm, pcmOffset);
    }

    private static void decode(short[] law, byte[] codes, int offset, int length, short[] pcm, int pcmOffset) {
        for (int i = 0; i < length; i++) {
            pcm[pcmOffset + i] = law[codes[offset + i] & 0xff];
        }
    }

    /** One sample as a mu-law code. */
    public static byte encodeUlaw(short sample) {
        int magnitude = Math.min(Math.abs((int) sample), ULAW_CLIP) + ULAW_BIAS;
        int segment = 24 - Integer.numberOfLeadingZeros(magnitude); // the bias makes bit 7 the lowest leading one
        int code = segment << 4 | magnitude >> (segment + 3) & 0x0f;
        return (byte) ~(sample < 0 ? code | 0x80 : code);
    }

    /** One sample as an A-law code. */
    public static byte encodeAlaw(short sample) {
        int magnitude = sample < 0 ? ~sample : sample; // the law is odd around -0.5: no code stands for 0
        int segment = Math.max(0, 24 - Integer.numberOfLeadingZeros(magnitude));
        int code = segment << 4 | magnitude >> (segment == 0 ? 4 : segment + 3) & 0x0f;
        return (byte) ((sample < 0 ? code : code | 0x80) ^ 0x55);
    }

    /** {@code length} samples as mu-law codes. */
    public static void encodeUlaw(short[] pcm, int pcmOffset, int length, byte[] codes, int offset) {
        for (int i = 0; i < length; i++) {
            codes[offset + i] = encodeUlaw(pcm[pcmOffset + i]);
        }
    }

    /** {@code length} samples as A-law codes. */
    public static void encodeAlaw(short[] pcm, int pcmOffset, int length, byte[] codes, int offset) {
        for (int i = 0; i < length; i++) {
            codes[offset + i] = encodeAlaw(pcm[pcmOffset + i]);
        }
    }
}
