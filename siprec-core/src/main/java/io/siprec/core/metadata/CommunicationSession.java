package io.siprec.core.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A recorded session (RFC 7865 §6.3).
 *
 * @param id opaque, compared exactly
 * @param sipSessionIds Session-IDs (RFC 7989), in some dialects Call-IDs; without blanks
 * @param reasons why it ended
 * @param groupRef the group that it belongs to
 * @param startTime when it began
 * @param stopTime when it ended
 * @param extensions what else stood there
 */
public record CommunicationSession(
        String id,
        List<String> sipSessionIds,
        List<Reason> reasons,
        Optional<String> groupRef,
        Optional<Instant> startTime,
        Optional<Instant> stopTime,
        List<Extension> extensions) {
    /** Copies the lists. */
    public CommunicationSession {
        Objects.requireNonNull(id, "id");
        sipSessionIds = List.copyOf(sipSessionIds);
        reasons = List.copyOf(reasons);
        Objects.requireNonNull(groupRef, "groupRef");
        Objects.requireNonNull(startTime, "startTime");
        Objects.requireNonNull(stopTime, "stopTime");
        extensions = List.copyOf(extensions);
    }

    /**
     * Why a session ended (RFC 3326, RFC 7865 §6.3.1).
     *
     * @param protocol {@code SIP} where the document names none
     * @param cause empty where it could not be read
     * @param text "" for none
     */
    public record Reason(String protocol, OptionalInt cause, String text) {
        /** Checks that nothing is null. */
        public Reason {
            Objects.requireNonNull(protocol, "protocol");
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(text, "text");
        }
    }
}
