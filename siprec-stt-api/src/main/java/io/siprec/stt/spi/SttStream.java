package io.siprec.stt.spi;

import java.nio.ByteBuffer;
import java.time.Duration;

/** The transcription of one stream. Calls never overlap; they come on a worker, never on a media loop. */
public interface SttStream extends AutoCloseable {
    /**
     * The next audio, in order.
     *
     * @param pcm 16-bit signed little-endian mono samples at the requested rate; valid only until this method returns
     * @param offset of the first sample on the recording's timeline
     */
    void audio(ByteBuffer pcm, Duration offset);

    /** No more audio comes: settle what is open. The listener's {@code onFinished} follows. */
    void finish();

    /** Gives the stream up at once; no call of the listener follows. */
    @Override
    void close();
}
