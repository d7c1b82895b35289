package io.siprec.rtp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
 * @param encoding of the file
 * @param gaps where no audio is between the first and the last; the first 1,000
 * @param gapSamples the samples of all gaps by cause; a gap inside a block that the disk refused counts for both
 * @param socketDrops packets that the system dropped because the socket's buffer was full; looked up where packets are
 *     missing or came as a flood, empty elsewhere and where the system doesn't tell (Linux does)
 * @param contributions who contributed to a mixed stream, in order; the first 1,000 or so
 * @param sender where the file begins on the sender's clock, when it sent reports with the SSRC that it had at the end
 * @param events the telephone events
 * @param error the first trouble with the disk, when there was any
 */
public record StreamReport(
        Path file,
        StreamStatistics statistics,
        OptionalLong firstSampleOffset,
        long samples,
        long fileBytes,
        int sampleRateHz,
        SampleEncoding encoding,
        List<Gap> gaps,
        Map<Gap.Cause, Long> gapSamples,
        OptionalLong socketDrops,
        List<Contribution> contributions,
        Optional<SenderTiming> sender,
        EventList events,
        Optional<String> error) {
    /** Copies what it is given. */
    public StreamReport {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(statistics, "statistics");
        Objects.requireNonNull(firstSampleOffset, "firstSampleOffset");
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(error, "error");
        Objects.requireNonNull(socketDrops, "socketDrops");
        gaps = List.copyOf(gaps);
        contributions = List.copyOf(contributions);
        gapSamples = Map.copyOf(gapSamples);
    }

    /** Without the CNAME of the sender, which may be a person's (RFC 3550 §6.5.1). */
    public StreamReport withoutName() {
        return new StreamReport(
                file,
                statistics.withoutName(),
                firstSampleOffset,
                samples,
                fileBytes,
                sampleRateHz,
                encoding,
                gaps,
                gapSamples,
                socketDrops,
                contributions,
                sender.map(timing -> new SenderTiming("", timing.fileStart())),
                events,
                error);
    }

    /** The verdict. */
    public Completeness completeness() {
        return Completeness.of(this);
    }

    /** The length of {@code count} samples of the file. */
    public Duration duration(long count) {
        return Duration.ofSeconds(count / sampleRateHz).plusNanos(count % sampleRateHz * 1_000_000_000L / sampleRateHz);
    }
}
