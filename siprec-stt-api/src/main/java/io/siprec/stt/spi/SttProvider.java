package io.siprec.stt.spi;

import io.siprec.stt.SttException;
import io.siprec.stt.SttRequest;

/** A speech-to-text service. One instance serves many streams at a time and must be thread-safe. */
public interface SttProvider {
    /** The name by which configuration chooses this provider: lower case, no blanks. */
    String name();

    /**
     * Starts the transcription of one stream. Called on a worker that may block for some seconds.
     *
     * @throws SttException when the provider can't take the stream
     */
    SttStream open(SttRequest request, SttListener listener) throws SttException;
}
