package io.siprec.stt.spi;

import io.siprec.stt.SttException;
import io.siprec.stt.TranscriptSegment;

/** Takes what a provider hears. The provider may call from any thread, one call at a time per stream. */
public interface SttListener {
    /** A partial or final segment. */
    void onSegment(TranscriptSegment segment);

    /** The stream failed; no further call follows. */
    void onError(SttException error);

    /** All segments of the stream were delivered; no further call follows. */
    void onFinished();
}
