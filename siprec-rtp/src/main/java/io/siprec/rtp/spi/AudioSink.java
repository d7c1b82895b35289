package io.siprec.rtp.spi;

import io.siprec.rtp.AudioFrame;
import io.siprec.rtp.TapStatistics;

/**
 * Takes the audio of one stream while it is being recorded. Its methods are called on the executor that came with it, never
 * two at a time, in the order of the recording. One that is slow costs its own frames and nothing else; what it throws is
 * counted and logged, and the next call comes all the same.
 */
@FunctionalInterface
public interface AudioSink {
    /** The next audio, or the silence of a short gap. */
    void onFrame(AudioFrame frame);

    /** No more comes: the stream has ended. Once, and last; not after the tap was closed. */
    default void onEnd(TapStatistics statistics) {}
}
