package io.siprec.rtp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

/**
 * A piece of the audio of one stream, in the order of the recording.
 *
 * @param firstSample where it lies, in samples from the origin of the recording; after a gap of more than half a second, also
 *     one of a pause or a hold, and after what was dropped, more than the end of the frame before
 * @param sampleRateHz of the samples: that of the file
 * @param pcm 16-bit signed little-endian mono samples; read-only, valid only until the call that brings it returns
 * @param silence true for zeros that stand where no audio came, false for audio
 * @param dropped samples right before it that were settled but dropped, as the sink was too slow for them
 */
public record AudioFrame(long firstSample, int sampleRateHz, ByteBuffer pcm, boolean silence, long dropped) {
    /** Checks that there is a buffer. */
    public AudioFrame {
        Objects.requireNonNull(pcm, "pcm");
    }

    /** Its length in samples. */
    public int samples() {
        return pcm.remaining() / 2;
    }

    /** Where it lies, from the origin of the recording. */
    public Duration offset() {
        return Duration.ofSeconds(firstSample / sampleRateHz)
                .plusNanos(firstSample % sampleRateHz * 1_000_000_000L / sampleRateHz);
    }
}
