package io.siprec.stt;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a provider is asked to transcribe: one stream of one recorded call.
 *
 * @param sessionId the recording session
 * @param streamId the stream; segments carry it back
 * @param participantId who is heard on the stream, empty when the metadata does not say
 * @param language BCP 47 tag of the expected language, "" to let the provider choose
 * @param sampleRateHz of the audio that will be sent
 * @param hints options for the provider, by its own names
 */
public record SttRequest(
        String sessionId,
        String streamId,
        Optional<String> participantId,
        String language,
        int sampleRateHz,
        Map<String, String> hints) {
    public SttRequest {
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(streamId, "streamId");
        Objects.requireNonNull(participantId, "participantId");
        Objects.requireNonNull(language, "language");
        hints = Map.copyOf(hints);
        if (sampleRateHz < 1) {
            throw new IllegalArgumentException("sampleRateHz must be positive, was " + sampleRateHz);
        }
    }
}
