package io.siprec.stt;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A piece of transcript of one recorded stream.
 *
 * @param streamId the recorded stream, as named in the request
 * @param participantId who speaks, empty when the metadata does not say
 * @param start where the first word begins, on the recording's timeline
 * @param end where the last word ends; not before {@code start}
 * @param text the words as the provider writes them
 * @param words the words with their times; empty when the provider gives none
 * @param confidence from 0 to 1, empty when the provider gives none
 * @param language BCP 47 tag, "" when unknown
 * @param kind whether a later segment may replace this one
 */
public record TranscriptSegment(
        String streamId,
        Optional<String> participantId,
        Duration start,
        Duration end,
        String text,
        List<Word> words,
        Optional<Double> confidence,
        String language,
        Kind kind) {

    /** Whether a segment is settled. */
    public enum Kind {
        /** A guess that a later segment replaces. */
        PARTIAL,
        /** Never changed again. */
        FINAL
    }

    public TranscriptSegment {
        Objects.requireNonNull(streamId, "streamId");
        Objects.requireNonNull(participantId, "participantId");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(kind, "kind");
        words = List.copyOf(words);
        if (end.compareTo(start) < 0) {
            throw new IllegalArgumentException("end " + end + " is before start " + start);
        }
        confidence.ifPresent(TranscriptSegment::requireProbability);
    }

    private static void requireProbability(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("confidence must be between 0 and 1, was " + value);
        }
    }

    /**
     * One word of a segment.
     *
     * @param text the word
     * @param start where it begins, on the recording's timeline
     * @param end where it ends
     * @param confidence from 0 to 1, empty when the provider gives none
     */
    public record Word(String text, Duration start, Duration end, Optional<Double> confidence) {
        public Word {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(start, "start");
            Objects.requireNonNull(end, "end");
            confidence.ifPresent(TranscriptSegment::requireProbability);
        }
    }
}
