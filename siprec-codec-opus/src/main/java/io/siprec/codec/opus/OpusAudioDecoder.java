package io.siprec.codec.opus;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.siprec.rtp.spi.AudioDecoder;
import java.nio.ByteBuffer;

/** Decodes one stream to mono at 48 kHz. A packet that can't be decoded leaves the decoder as at the start of a stream. */
final class OpusAudioDecoder implements AudioDecoder {
    private final OpusDecoder decoder;
    private final OpusPacket packet = new OpusPacket();
    private byte[] octets = new byte[1_500];

    OpusAudioDecoder() {
        try {
            decoder = new OpusDecoder(OpusCodec.RATE_HZ, 1);
        } catch (OpusException e) {
            throw new IllegalStateException(e); // only for rates that Opus has not
        }
    }

    @Override
    public int decode(ByteBuffer payload, short[] pcm) {
        int length = take(payload);
        if (!packet.parse(octets, length) || packet.samples() > pcm.length) {
            return -1;
        }
        return decode(length, pcm, packet.samples(), false);
    }

    @Override
    public int recover(ByteBuffer next, short[] pcm) {
        int length = take(next);
        if (!packet.parse(octets, length)
                || !packet.repeatsTheFrameBefore(octets, length)
                || packet.samplesPerFrame() > pcm.length) {
            return 0;
        }
        return Math.max(0, decode(length, pcm, packet.samplesPerFrame(), true));
    }

    private int take(ByteBuffer payload) {
        int length = payload.remaining();
        if (length > octets.length) {
            octets = new byte[length];
        }
        payload.get(payload.position(), octets, 0, length);
        return length;
    }

    private int decode(int length, short[] pcm, int samples, boolean before) {
        try {
            int decoded = decoder.decode(octets, 0, length, pcm, 0, samples, before);
            if (decoded >= 0) {
                return decoded;
            }
        } catch (OpusException | RuntimeException | AssertionError e) {
            // some broken packets are only noticed by an index out of bounds
        }
        decoder.resetState();
        return -1;
    }
}
