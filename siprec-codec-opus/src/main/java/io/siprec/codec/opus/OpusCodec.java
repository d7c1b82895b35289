package io.siprec.codec.opus;

import io.siprec.rtp.spi.AudioCodec;
import io.siprec.rtp.spi.AudioDecoder;

/**
 * Opus (RFC 6716). Its rtpmap is always opus/48000/2, whatever a stream holds (RFC 7587 §7); stereo is mixed to mono. A frame
 * costs tens of microseconds and some garbage: its decoders don't belong on a media loop.
 */
public final class OpusCodec implements AudioCodec {
    static final int RATE_HZ = 48_000;

    /** Needs nothing. */
    public OpusCodec() {}

    @Override
    public String encoding() {
        return "opus";
    }

    @Override
    public int clockRateHz() {
        return RATE_HZ;
    }

    @Override
    public int channels() {
        return 2;
    }

    @Override
    public int sampleRateHz() {
        return RATE_HZ;
    }

    /** Asks senders to repeat, coarsely, what may get lost (RFC 7587 §6.1). */
    @Override
    public String parameters() {
        return "useinbandfec=1";
    }

    @Override
    public AudioDecoder newDecoder() {
        return new OpusAudioDecoder();
    }
}
