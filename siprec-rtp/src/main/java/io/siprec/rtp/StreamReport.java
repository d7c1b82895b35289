package io.siprec.rtp;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of a stream; its file is closed.
 *
 * @param file the recording
 * @param statistics the final counters
 * @param firstSampleOffset where the first audio lies, in samples from the origin; empty when none came
 * @param samples the length of the file's audio, leading silence included
 * @param fileBytes the size of the file
 * @param sampleRateHz of the file
 * @param gaps where audio is missing between the first and the last; the first 1,000
 * @param error the first trouble with the disk, when there was any
 */
public record StreamReport(
        Path file,
        StreamStatistics statistics,
        OptionalLong firstSampleOffset,
        long samples,
        long fileBytes,
        int sampleRateHz,
        List<Gap> gaps,
        Optional<String> error) {
    /** Copies the list. */
    public StreamReport {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(statistics, "statistics");
        Objects.requireNonNull(firstSampleOffset, "firstSampleOffset");
        Objects.requireNonNull(error, "error");
        gaps = List.copyOf(gaps);
    }
}
