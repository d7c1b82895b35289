package io.siprec.codec.opus;

/** What the first octets of an Opus packet tell (RFC 6716 §3). Reused from packet to packet. */
final class OpusPacket {
    /** The most that a packet may hold: 120 ms at 48 kHz (RFC 6716 §3.2.5, R5). */
    static final int MAX_SAMPLES = 5_760;

    private static final int MAX_FRAME_COUNT = 48;
    private static final int SILK_FRAME_SAMPLES = 960; // a longer frame of the SILK layer is several of these

    private int samplesPerFrame;
    private int frames;
    private boolean silk;
    private boolean stereo;
    private int firstFrame;

    /** False when the octets can't be a packet: none, too long a duration, or cut off before the first frame. */
    boolean parse(byte[] packet, int length) {
        if (length < 1) {
            return false;
        }
        int config = packet[0] >> 3 & 31;
        silk = config < 16; // the SILK layer is there, alone or below a CELT layer
        stereo = (packet[0] & 4) != 0;
        samplesPerFrame = samplesPerFrame(config);
        firstFrame = firstFrame(packet, length);
        return firstFrame > 0
                && firstFrame <= length
                && frames >= 1
                && frames <= MAX_FRAME_COUNT
                && samples() <= MAX_SAMPLES;
    }

    private static int samplesPerFrame(int config) {
        if (config < 12) {
            return config % 4 == 3 ? 2_880 : 480 << config % 4; // 10, 20, 40, 60 ms
        }
        return config < 16 ? 480 << config % 2 : 120 << config % 4; // 10, 20 ms; 2.5 to 20 ms
    }

    /** Sets the number of frames; where the first one lies, -1 when the packet is cut off. */
    private int firstFrame(byte[] packet, int length) {
        switch (packet[0] & 3) {
            case 0 -> {
                frames = 1;
                return 1;
            }
            case 1 -> {
                frames = 2;
                return 1;
            }
            case 2 -> {
                frames = 2;
                return afterLength(packet, 1, length);
            }
            default -> {
                return firstOfMany(packet, length);
            }
        }
    }

    private int firstOfMany(byte[] packet, int length) {
        if (length < 2) {
            return -1;
        }
        frames = packet[1] & 0x3f;
        int at = (packet[1] & 0x40) == 0 ? 2 : afterPaddingLength(packet, length);
        boolean lengthsDiffer = (packet[1] & 0x80) != 0;
        for (int i = 1; lengthsDiffer && i < frames && at > 0; i++) {
            at = afterLength(packet, at, length);
        }
        return at;
    }

    private static int afterPaddingLength(byte[] packet, int length) {
        int at = 2;
        while (at < length && packet[at] == (byte) 0xff) {
            at++;
        }
        return at < length ? at + 1 : -1;
    }

    private static int afterLength(byte[] packet, int at, int length) {
        if (at >= length) {
            return -1;
        }
        return at + ((packet[at] & 0xff) < 252 ? 1 : 2);
    }

    /** Of all frames, at 48 kHz. */
    int samples() {
        return frames * samplesPerFrame;
    }

    /** Of one frame, at 48 kHz. */
    int samplesPerFrame() {
        return samplesPerFrame;
    }

    /** True when it repeats, coarser, the frame before its first one (RFC 6716 §4.2.4): the flag that follows those of voice activity. */
    boolean repeatsTheFrameBefore(byte[] packet, int length) {
        if (!silk || firstFrame >= length) {
            return false;
        }
        int silkFrames = Math.max(1, samplesPerFrame / SILK_FRAME_SAMPLES);
        int flags = packet[firstFrame];
        boolean mid = (flags >> 7 - silkFrames & 1) != 0;
        return mid || stereo && (flags >> 6 - 2 * silkFrames & 1) != 0;
    }
}
